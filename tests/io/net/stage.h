// A broker with what the tests do with it: waiting for answers, forwarding packets between the two
// devices of a world, talking to a child's pipes.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "io/net/broker.h"

namespace halfopen::io::testing {

/// A child with what it printed and how it ended.
struct Watched {
  Child child;
  std::string output;
  std::string errors;
  bool output_ended = false;
  bool errors_ended = false;
};

/// Waits are bounded by two minutes, which only a failure reaches, however busy the machine is.
/// Throws Error then, and where a request fails.
class Stage {
 public:
  explicit Stage(const BrokerOptions& options = {});
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  World& make_world(const WorldRequest& request);
  /// The problem with which the request is answered, or "".
  std::string problem_of_world(const WorldRequest& request);
  std::string problem_of_spawn(const SpawnRequest& request);
  Watched spawn(const SpawnRequest& request);
  /// Reads the pipes to their end and waits for the child's end.
  Exit run_to_end(Watched& watched);
  /// Reads until the child printed this line.
  void wait_for_output(Watched& watched, const std::string& text);
  void switch_device(int world, bool up);
  void readdress(int world);
  std::uint64_t device_drops(int world);
  /// What the processes of a child have had of memory.
  std::uint64_t memory(int child);
  /// Takes the world's devices to the closer and ends it.
  void end_world(World& world);
  /// Accepts a connection on a listener of a world.
  Descriptor accept(const Descriptor& listener);
  /// Reads from a socket until the text is there.
  std::string read_until(const Descriptor& socket, const std::string& text);

  /// Handles what happens, forwarding packets meanwhile, until `done` says so.
  void wait(const std::string& what, const std::function<bool()>& done,
            const std::vector<int>& descriptors = {});

  Broker broker;
  std::map<int, World> worlds;
  std::vector<Exit> exits;
  /// May change a packet on its way, or drop it by returning false.
  std::function<bool(bool to_server, std::span<std::uint8_t>)> on_packet;

 private:
  void forward(const Device& from, const Device& to, bool to_server);
};

/// A request that runs a line of bash.
SpawnRequest bash(int world, const std::string& line);

/// Runs the work as the user `nobody` in a process of its own; what it returns or throws as text.
std::string as_nobody(const std::function<std::string()>& work);

/// "" if the machine has what the options ask for, else why it has not.
std::string lacking(const Abilities& abilities, const BrokerOptions& options);

/// Warns and says true where the machine allows no worlds: the test is skipped.
bool no_worlds(const Stage& stage);

/// True once the processes are gone, within a minute.
bool wait_until_gone(const std::vector<pid_t>& processes);

}  // namespace halfopen::io::testing
