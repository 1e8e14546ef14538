// How much goes through the packet link when it has nothing to decide; beside it a plain copier
// between the same devices, and a veth pair, which no user program has a hand in.
#include <fmt/format.h>
#include <linux/sockios.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "bench/cores.h"
#include "bench/job.h"
#include "bench/packet_path.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"
#include "bench/veth_path.h"

namespace halfopen::bench {
namespace {

constexpr double bar = 1.4e9;

std::string in_gbit(double bits) { return fmt::format("{:.2f} Gbit/s", bits / 1e9); }

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct Seen {
  double bits = 0;                 ///< Per second.
  double processor_us_packet = 0;  ///< Of the link, with what the kernel does on its behalf.
};

constexpr double warm_up = .3;

std::string sink_next(int listener, double seconds) {
  const Pinned load(Cores::others);
  return std::to_string(sink(accept_one(listener).get(), warm_up, seconds));
}

Seen own_sender(io::Host& host, double seconds) {
  const Pinned pinned(Cores::measured);
  const double before = processor_seconds();
  PacketPath path(host, link::Link{});
  Job sinks([&] { return sink_next(path.listener(), seconds); });
  path.start_client("send");
  Seen seen;
  seen.bits = std::stod(sinks.result(host.loop()));
  std::uint64_t packets = 0;
  for (const trace::LinkSummary& lane : path.summaries()) packets += lane.units;
  seen.processor_us_packet = (processor_seconds() - before) * 1e6 / static_cast<double>(packets);
  return seen;
}

double plain_copier(io::Host& host, double seconds) {
  PacketPath path(host, std::nullopt);
  Job sinks([&] { return sink_next(path.listener(), seconds); });
  path.start_client("send");
  return std::stod(sinks.result(host.loop()));
}

/// The sender and the sink share the cores that they have in the other measurements.
double veth_pair(double seconds) {
  const Pinned load(Cores::others);
  const VethPath path;
  Job sinks([&] {
    path.enter_server();
    const Descriptor listener = listen_on(PacketPath::port);
    return sink_next(listener.get(), seconds);
  });
  const Job sender([&]() -> std::string {
    path.enter_client();
    send_without_end(connect_to({VethPath::server_address, PacketPath::port}).get());
    return "";
  });
  return std::stod(sinks.result());
}

double iperf(io::Host& host, double seconds) {
  const Pinned pinned(Cores::measured);
  PacketPath path(host, link::Link{});
  const std::string port = std::to_string(PacketPath::port);
  // Root may ask the kernel for the namespace of a socket; nobody else may.
  const Descriptor space(check_system("find the server's namespace (only root may)",
                                      ioctl(path.listener(), SIOCGSKNS)));
  path.stop_listening();
  const Job server([&]() -> std::string {
    const Pinned load(Cores::others);
    check_system("enter the server's namespace", setns(space.get(), CLONE_NEWNET));
    become({"iperf3", "--server", "--one-off", "--port", port, "--logfile", "/dev/null"});
  });
  usleep(300'000);  // until it listens
  path.start({"iperf3", "--client", io::server_address, "--port", port, "--time",
              fmt::format("{:.0f}", seconds), "--omit", "1", "--json"});
  const std::string printed = path.output();
  const auto report = nlohmann::json::parse(printed, nullptr, false);
  if (!report.is_object() || !report.contains("end") || !report["end"].contains("sum_received"))
    throw Error("run iperf3", printed.substr(0, 300));
  return report["end"]["sum_received"]["bits_per_second"].get<double>();
}

/// What a machine may lack without harm to the other figures.
void beside(const char* what, const std::function<void()>& measure) {
  try {
    measure();
  } catch (const Error& failure) {
    remark(fmt::format("no {}: {}", what, failure.what()));
  }
}

}  // namespace

void measure_packet_throughput(bool quick) {
  const double seconds = quick ? 1 : 5;
  heading("Throughput of the packet link, no impairments, one TCP connection, client to server");
  // The clients are where the broker is.
  std::unique_ptr<io::Host> host;
  {
    const Pinned load(Cores::others);
    host = packet_host();
  }
  if (!host) return;
  const auto report = [&](const char* what, double bits) {
    row(what, in_gbit(bits), "≥ 1.4 Gbit/s", bits >= bar);
  };
  const Seen seen = own_sender(*host, seconds);
  report("own sender and sink", seen.bits);
  row("… the link's processor time", fmt::format("{:.2f} µs/packet", seen.processor_us_packet));
  beside("iperf3 in both namespaces",
         [&] { report("iperf3 in both namespaces", iperf(*host, seconds)); });
  beside("plain copier", [&] {
    row("plain copier between the two devices", in_gbit(plain_copier(*host, seconds)));
  });
  beside("veth", [&] { row("veth pair, no packet link", in_gbit(veth_pair(seconds))); });
}

}  // namespace halfopen::bench
