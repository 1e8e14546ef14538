// What can be measured, one file each.
#pragma once

namespace halfopen::bench {

/// `quick`: shorter, only to see that it works; the figures mean little.
void measure_model(bool quick);
void measure_lateness(bool quick);
void measure_kernel_view(bool quick);
void measure_stream_link(bool quick);
void measure_packet_throughput(bool quick);
void measure_relay(bool quick);
void measure_echo(bool quick);
void measure_waiting(bool quick);
void measure_attempts(bool quick);

/// What runs inside a world, in the client's place: `halfopen-bench client WHAT ADDRESS PORT …`.
int client_command(int count, char** words);

}  // namespace halfopen::bench
