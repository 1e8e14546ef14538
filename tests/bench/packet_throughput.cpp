// How much goes through the packet link when it has nothing to decide.
#include <fmt/format.h>
#include <linux/sockios.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "bench/job.h"
#include "bench/packet_path.h"
#include "bench/sections.h"
#include "bench/table.h"
#include "bench/tcp.h"

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

Seen own_sender(io::Host& host, double seconds) {
  const double before = processor_seconds();
  PacketPath path(host, {});
  Job sinks([&] { return std::to_string(sink(accept_one(path.listener()).get(), .3, seconds)); });
  path.start_client("send");
  Seen seen;
  seen.bits = std::stod(sinks.result(host.loop()));
  std::uint64_t packets = 0;
  for (const trace::LinkSummary& lane : path.summaries()) packets += lane.units;
  seen.processor_us_packet = (processor_seconds() - before) * 1e6 / static_cast<double>(packets);
  return seen;
}

double iperf(io::Host& host, double seconds) {
  PacketPath path(host, {});
  const std::string port = std::to_string(PacketPath::port);
  // Root may ask the kernel for the namespace of a socket; nobody else may.
  const Descriptor space(check_system("find the server's namespace (only root may)",
                                      ioctl(path.listener(), SIOCGSKNS)));
  path.stop_listening();
  const Job server([&]() -> std::string {
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

}  // namespace

void measure_packet_throughput(bool quick) {
  const double seconds = quick ? 1 : 5;
  heading("Throughput of the packet link, no impairments, one TCP connection, client to server");
  const auto host = packet_host();
  if (!host) return;
  const auto report = [&](const char* what, double bits) {
    row(what, in_gbit(bits), "≥ 1.4 Gbit/s", bits >= bar);
  };
  const Seen seen = own_sender(*host, seconds);
  report("own sender and sink", seen.bits);
  row("… the link's processor time", fmt::format("{:.2f} µs/packet", seen.processor_us_packet));
  try {
    report("iperf3 in both namespaces", iperf(*host, seconds));
  } catch (const Error& failure) {
    remark(std::string("no iperf3: ") + failure.what());
  }
}

}  // namespace halfopen::bench
