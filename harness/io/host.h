// What all live runs of one halfopen process share: the loop, the broker, the test authority.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "crypto/tls.h"
#include "io/capture_writer.h"
#include "io/key_log_file.h"
#include "io/loop/loop.h"
#include "io/net/broker.h"
#include "io/temporary_folder.h"

namespace halfopen::io {

class Host {
 public:
  /// Forks the broker, so it must be made before any thread.
  explicit Host(const BrokerOptions& options = {});
  ~Host();
  Host(Host&&) = delete;

  [[nodiscard]] Loop& loop() { return *loop_; }
  [[nodiscard]] Broker& broker() { return broker_; }
  [[nodiscard]] const crypto::Authority& authority() const { return authority_; }
  /// PEM file of the authority's certificate.
  [[nodiscard]] const std::string& ca_file() const { return ca_file_; }

  /// For folders that clients fill.
  [[nodiscard]] FolderRemoval& removal() { return removal_; }
  [[nodiscard]] CaptureWriter& captures() { return captures_; }
  /// Where SSLKEYLOGFILE says.
  [[nodiscard]] KeyLogFile& key_log() { return key_log_; }

  /// Calls back when that child of the broker has ended; once.
  void when_exited(int child, std::function<void(const Exit&)> done);
  /// Stops answering the broker, so that run() can return.
  void stop_watching();

  /// Tells the listener whenever the loop was late by more than 20 ms. Returns its number.
  int on_lag(std::function<void(Duration)> listener);
  void forget_lag(int listener);

 private:
  void beat();

  Broker broker_;
  FolderRemoval removal_;
  CaptureWriter captures_;
  KeyLogFile key_log_;
  TemporaryFolder folder_{removal_};
  std::string ca_file_;
  crypto::Authority authority_;
  std::unique_ptr<Loop> loop_;
  std::unique_ptr<Timer> heartbeat_;
  std::unique_ptr<Watch> broker_watch_;
  std::map<int, std::function<void(const Exit&)>> exits_;
  std::map<int, std::function<void(Duration)>> lag_listeners_;
  int next_listener_ = 0;
};

}  // namespace halfopen::io
