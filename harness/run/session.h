// The session: one run's server side as a state machine. It takes what happens (connections, bytes,
// the client's reports, the time) and does what the scenario says through Outside. It does no I/O
// and reads no clock, so hours of backoff are tested in microseconds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "link/packet.h"
#include "run/changes.h"
#include "run/connection.h"
#include "run/context.h"
#include "run/ending.h"
#include "run/limit.h"
#include "run/look_up.h"
#include "run/resolver.h"
#include "scenario/coins.h"

namespace halfopen::run {

class Session final : private Listener {
 public:
  /// What the context refers to must outlive the session.
  Session(const Context& context, Time start);
  ~Session() override;

  struct Begun {
    int attempt = 0;
    trace::Port port = trace::Port::open;
    link::Unreachable why = link::Unreachable::host;  ///< Of an unreachable port.
    int unanswered = 0;                               ///< So many SYNs are dropped first.
    bool vanishes = false;                            ///< All packets of this connection vanish.
  };
  /// A new connection was seen (its first SYN), to that address of the server where it may have
  /// several: says which attempt it belongs to, a new one as a rule, and how the network answers.
  Begun begin_attempt(Time now, const std::string& peer,
                      const std::optional<link::Address>& server = {});
  /// A query reached the resolver.
  ResolverReply name_asked(Time now, const std::string& peer, dns::Transport transport,
                           ByteView message);
  /// That reply has been sent, or its query left without one.
  void name_answered(Time now, const ResolverReply& reply);
  /// A TCP connection to the resolver was seen (its first SYN): whether it is refused.
  bool refuses_names_by_tcp(Time now);
  /// The client goes to the server itself, past the proxy that it is pointed at. It gets nowhere.
  void went_past_proxy(Time now, const std::string& peer);
  void accepted(Time now, int attempt);
  void received(Time now, int attempt, ByteView bytes);
  /// FIN and RST that have come to the server, and whose they were.
  void peer_finished(Time now, int attempt, By by = By::client);
  void peer_reset(Time now, int attempt, By by = By::client);
  /// What Outside::mark_end marked, or the network's own refusal, has been delivered.
  void end_visible(Time now, int attempt, const trace::EndVisible& end);
  /// The link did something to the attempt by itself.
  void link_struck(Time now, int attempt, const trace::FaultStruck& fault);
  /// The client's FIN or RST left the client.
  void client_left(Time now, int attempt, trace::End how);

  /// The client fetched its page. `within` and [[at]] count from the first time, not from the
  /// start of the browser, which may take long.
  void page_served(Time now);
  void client_event(Time now, const trace::ClientEvent& event);
  void client_exited(Time now, const trace::ClientExited& exit);

  /// The machine had no time for halfopen. To be called before tick().
  void halfopen_was_late(Time now, Duration by);
  void tick(Time now);
  /// When tick() is to be called, if nothing happens before. Always set until the run is over.
  [[nodiscard]] Time deadline() const;
  /// Why the run is over; none while it is not.
  [[nodiscard]] std::optional<trace::Ended> over() const { return over_; }
  /// When it will be over at the latest.
  [[nodiscard]] Time latest_end() const { return ending_.latest(); }
  /// Ends the run: writes down the last things.
  void finish(Time now);

  [[nodiscard]] int attempts() const { return static_cast<int>(attempts_.size()); }

 private:
  struct Attempt {
    const scenario::Attempt* table = nullptr;
    /// The table once its coins have fallen, where it leaves anything to them.
    std::shared_ptr<const scenario::Thrown> thrown;
    faults::Resolution resolution{};
    faults::Reception received{.served = true};
    trace::Port port = trace::Port::open;
    /// Its name was looked up, or its SYNs so far lead nowhere: the next SYN belongs to it.
    bool awaits_syn = false;
    std::unique_ptr<Connection> connection;
    bool waits = false;           ///< Accepted by the kernel; the server has no place for it yet.
    bool turned_away = false;     ///< It has no place among the server's connections.
    std::optional<Time> free_at;  ///< When its place is free again, once it is over.
    bool freed = false;
    std::optional<trace::End> end_seen;  ///< The first end that the client could see.
    bool left = false;
    bool silenced = false;       ///< By the link; what its steps do, its connection says.
    bool reported_dead = false;  ///< The client said that this connection, or a later one, ended.
    bool over_written = false;
    std::string key{};  ///< Its Sec-WebSocket-Key, once its connection has been let go.
  };

  Attempt* find(int number);
  [[nodiscard]] const Attempt& at(int number) const;
  Attempt& at(int number);
  void message_came(Time now, int number, ByteView payload) override;
  void count_report(Time now, const trace::ClientEvent& event);
  [[nodiscard]] bool awaits_client() const;
  void fault_struck(Time now, int number, const faults::Use& use);
  std::string key_before(int number);
  [[nodiscard]] Attempt next_attempt() const;
  void add_attempt(Time now, const std::string& peer, Attempt attempt, bool look_up);
  [[nodiscard]] bool awaits_syn() const;
  [[nodiscard]] trace::Port port_at(const link::Address& server, const Attempt& attempt) const;
  void serve(Time now, int number);
  [[nodiscard]] bool is_full() const;
  void turn_away(Time now, int number);
  void say_full(Time now, int number);
  void free_places(Time now);
  void admit(Time now);
  [[nodiscard]] std::optional<Time> next_free_place() const;
  void begin_look_up(Time now, const std::string& peer);
  void note_name(Time now, const ResolverReply& reply);
  [[nodiscard]] static bool came_to_nothing(const Attempt& attempt);
  void give_back(Duration time);
  void after(Time now);
  void note_over(Time now);
  void let_go();
  [[nodiscard]] bool may_change(int number) const;
  void note_memory();
  [[nodiscard]] Progress progress() const;

  Context context_;
  Resolver resolver_;
  Ending ending_;
  Changes changes_;
  Limit limit_;
  std::vector<Attempt> attempts_;
  /// Those that may still change, in order: what happens costs no more after thousands of attempts.
  std::vector<int> live_;
  /// Connections of the others. One of them may be what has called the session, so they stay until
  /// it is called from outside.
  std::vector<std::unique_ptr<Connection>> let_go_;
  int opens_let_go_ = 0;       ///< So many of the others were open.
  bool lacked_offer_ = false;  ///< One of them lacked an offer.
  Portal portal_;
  int past_proxy_ = 0;                     ///< How often it went past its proxy.
  LookUp look_up_;                         ///< The newest.
  int look_up_attempt_ = 0;                ///< The attempt that it began; 0: none.
  faults::Resolution look_up_resolution_;  ///< How its queries are answered.
  std::optional<Time> client_exited_at_;
  bool page_served_ = false;
  bool memory_noted_ = false;
  bool reports_ = false;            ///< The client has reported something.
  std::vector<int> reports_seen_;   ///< How many fit each of `client`, in order.
  std::vector<int> messages_seen_;  ///< How many fit each of `messages`.
  std::optional<Time> step_failed_at_;
  std::optional<Time> settling_since_;
  std::optional<trace::Ended> over_;
};

}  // namespace halfopen::run
