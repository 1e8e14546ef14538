#include "scenario/keys.h"

#include <array>
#include <initializer_list>
#include <utility>

namespace halfopen::scenario {
namespace {

namespace form {
constexpr std::string_view text = "a string";
constexpr std::string_view texts = "an array of strings";
constexpr std::string_view flag = "true or false";
constexpr std::string_view duration = "a duration";
constexpr std::string_view duration_range = "a range of durations";
constexpr std::string_view count = "a whole number";
constexpr std::string_view count_range = "a count or a range of counts";
constexpr std::string_view share = "a share";
constexpr std::string_view size = "a size";
constexpr std::string_view table = "a table";
constexpr std::string_view change =
    "a state (\"up\", \"down\", \"blackhole\" …), \"rebind\", \"readdress\" or a table of link "
    "keys";
constexpr std::string_view action = "an action of the client";
constexpr std::string_view field = "a string, an array of strings, { regex = … }, true or false";
constexpr std::string_view probability = "a share or a number from 0 to 1";
constexpr std::string_view matching_text = "the text of a message, or a table";
constexpr std::string_view regex = "a regular expression";
constexpr std::string_view json = "a table of fields, or an array";
constexpr std::string_view hex = "bytes in hexadecimal";
}  // namespace form

constexpr Key within_key{"within", form::duration, "\"5s\""};
constexpr Key chance_key{"chance", form::share, "\"30%\""};

std::vector<Key> link_keys() {
  return {
      {"delay", form::duration, "\"40ms\""},
      {"jitter", form::duration, "\"10ms\""},
      {"distribution", "\"uniform\", \"normal\" or \"pareto\"", "\"normal\""},
      {"jitter_reorders", form::flag, "true"},
      {"loss", "a share, or a table of bursts or outages", "\"2%\""},
      {"rate", "a rate", "\"2Mbit/s\""},
      {"queue", "a size", "\"64KiB\""},
      {"reorder", form::share, "\"1%\""},
      {"duplicate", form::share, "\"1%\""},
      {"corrupt", form::share, "\"0.1%\""},
      {"drop", "an array of drop rules", "[\"syn 1-3\"]"},
  };
}

std::vector<Key> with(std::vector<Key> keys, std::initializer_list<Key> more) {
  keys.insert(keys.end(), more);
  return keys;
}

/// What a message must be.
std::vector<Key> match_keys() {
  return {{"regex", form::regex, "\"^hel+o$\""},
          {"json", form::json, "{ type = \"ping\" }"},
          {"hex", form::hex, "\"c0 00\""},
          {"any", "true", "true"}};
}

/// Of the steps that strike.
std::vector<Key> with_strike_keys(std::vector<Key> keys) {
  return with(std::move(keys), {{"after", "messages, a size or a duration", "\"3 messages\""},
                                {"in", "a message or an echo with its number", "\"message 3\""},
                                chance_key});
}

std::vector<Key> with_tell_keys(std::vector<Key> keys) {
  return with(std::move(keys), {{"tell", form::action, "\"close\""},
                                {"text", form::text, "\"hello\""},
                                {"times", form::count, "100"},
                                {"size", form::size, "\"64KiB\""},
                                {"code", "a Close code", "1000"},
                                {"reason", form::text, "\"done\""},
                                {"topic", form::text, "\"news\""},
                                {"where", form::text, "\"message\""}});
}

}  // namespace

namespace sections {

const Section scenario{"a scenario",
                       {{"about", form::text, "\"The port is closed twice.\""},
                        {"tags", form::texts, "[\"drops\"]"},
                        {"mutants", form::texts, "[\"never-retries\"]"},
                        {"server", form::table, "{ tls = true }"},
                        {"page", form::table, "{ scheme = \"https\" }"},
                        {"link", form::table, "{ loss = \"2%\" }"},
                        {"kernel", form::table, "{ tcp_syn_retries = 2 }"},
                        {"attempt", "[[attempt]] tables", "[{ port = \"closed\" }]"},
                        {"at", "[[at]] tables", "[{ time = \"5s\", link = \"down\" }]"},
                        {"when", "[[when]] tables", "[{ event = \"open\", tell = \"close\" }]"},
                        {"expect", form::table, "{ attempts = 4 }"}}};

const Section server{"[server]",
                     {{"tls", form::flag, "true"},
                      {"host", "a host name", "\"server.test\""},
                      {"addresses", "\"ipv4\", \"ipv6\" or \"both\"", "\"ipv6\""},
                      {"path", "a path", "\"/socket\""},
                      {"proxy", "\"http\" or a table", "\"http\""},
                      {"protocols", "an array of tokens", "[\"chat.v1\", \"chat.v2\"]"},
                      {"deflate", "true, false or \"required\"", "false"},
                      {"connections", "a whole number or a table", "2"}}};

const Section server_proxy{"[server.proxy]", {{"credentials", form::text, "\"user:secret\""}}};

const Section connections{"connections = {…}",
                          {{"most", form::count, "2"},
                           {"then", "\"refuse\", \"reset\", \"503\" or \"queue\"", "\"503\""},
                           {"held", form::duration, "\"3s\""}}};

const Section page{"[page]",
                   {{"scheme", "\"http\" or \"https\"", "\"https\""},
                    {"html", form::text, "\"<script src='app.js'></script>\""}}};

const Section link{"[link]", with(link_keys(), {{"profile", "the name of a profile", "\"4g\""},
                                                {"up", form::table, "{ loss = \"5%\" }"},
                                                {"down", form::table, "{ loss = \"5%\" }"},
                                                {"idle", "a duration or a table", "\"5s\""},
                                                {"mtu", "a whole number or a table", "1280"},
                                                {"state", "a state of the link", "\"down\""}})};

const Section link_direction{"one direction of a link", link_keys()};

const Section loss{"loss",
                   {{"p", form::probability, "\"1%\""},
                    {"r", form::probability, "\"25%\""},
                    {"bad", form::probability, "\"100%\""},
                    {"good", form::probability, "\"0%\""},
                    {"on", form::duration, "\"5s\""},
                    {"off", form::duration, "\"2s\""}}};

const Section idle{
    "idle", {{"after", form::duration, "\"5s\""}, {"how", "\"forget\" or \"reset\"", "\"reset\""}}};
const Section mtu{"mtu", {{"size", form::count, "1280"}, {"icmp", form::flag, "false"}}};

const Section kernel{"[kernel]",
                     {{"tcp_syn_retries", form::count, "2"},
                      {"tcp_retries2", form::count, "5"},
                      {"tcp_rto_min_us", form::count, "200000"},
                      {"tcp_rto_max_ms", form::count, "120000"},
                      {"tcp_sack", form::count, "0"},
                      {"tcp_timestamps", form::count, "0"},
                      {"tcp_keepalive_time", form::count, "10"},
                      {"tcp_keepalive_intvl", form::count, "5"},
                      {"tcp_keepalive_probes", form::count, "3"},
                      {"tcp_mtu_probing", form::count, "1"},
                      {"tcp_syn_linear_timeouts", form::count, "0"}}};

const Section attempt{
    "[[attempt]]",
    {{"times", "a whole number or \"rest\"", "2"},
     {"on", "the number of an attempt, or an array of them", "[2, 5, 8]"},
     {"dns", "a fault or a table", "\"nxdomain\""},
     {"port", "\"open\", a fault or a table", "\"closed\""},
     {"proxy", "a fault or a table", "\"forbidden\""},
     {"tls", "a fault or a table", "\"expired\""},
     {"handshake", "a fault, a status, \"never\" or a table", "\"wrong-accept\""},
     {"steps", "an array of steps", "[{ send = \"hello\" }, { drop = \"reset\" }]"}}};

const Section port{"port = {…}",
                   {{"fault", "the name of a port fault", "\"unreachable\""}, chance_key}};

const Section proxy{"proxy = {…}",
                    {{"fault", "the name of a proxy fault", "\"forbidden\""}, chance_key}};

const Section tls{"tls = {…}", {{"fault", "the name of a TLS fault", "\"expired\""}, chance_key}};

const Section dns{"dns = {…}", {{"fault", "the name of a dns fault", "\"slow\""}, chance_key}};

const Section handshake{"handshake",
                        {{"fault", "the name of a handshake fault", "\"wrong-accept\""},
                         {"status", "an HTTP status", "503"},
                         {"reason", form::text, "\"Service Unavailable\""},
                         {"headers", "a table of strings", "{ Retry-After = \"20\" }"},
                         {"body", form::text, "\"<h1>Log in</h1>\""},
                         {"raw", form::text, "\"SSH-2.0-OpenSSH_9.2\\r\\n\""},
                         {"delay", form::duration, "\"3s\""},
                         {"drip", form::duration, "\"100ms\""},
                         {"protocol", form::text, "\"graphql-ws\""},
                         {"auth", "a token or a table", "{ token = \"T2\" }"},
                         {"origin", form::texts, "[\"https://app.test\"]"},
                         chance_key}};

const Section auth{"auth = {…}",
                   {{"token", form::text, "\"T2\""},
                    {"where", "\"header\", \"query\", \"subprotocol\" or \"message\"", "\"query\""},
                    {"name", form::text, "\"X-Token\""},
                    {"status", "an HTTP status", "403"},
                    {"code", "a Close code", "4401"},
                    within_key}};

const Section at{"[[at]]", with_tell_keys({{"time", form::duration, "\"5s\""},
                                           {"link", form::change, "\"down\""},
                                           {"client", "\"freeze\" or \"thaw\"", "\"freeze\""}})};

const Section when{"[[when]]",
                   with_tell_keys({{"event", "an event that the client reports", "\"close\""},
                                   {"nth", form::count, "2"},
                                   {"link", form::change, "\"down\""}})};

const Section every_step{"every step",
                         {{"optional", form::flag, "true"}, {"repeat", form::count, "24"}}};
const Section sending_step{"a `send`, `raw` or plain `frame` step",
                           {{"times", form::count, "1000"}, {"every", form::duration, "\"10ms\""}}};
const Section send_step{
    "a `send` step",
    {{"send", "a string, or { hex = … }", "\"hello\""}, {"binary", form::flag, "true"}}};
const Section send{"send = {…}", {{"hex", form::hex, "\"c0 00\""}}};
const Section expect_step{"an `expect` step",
                          {{"expect", form::matching_text, "\"hello\""}, within_key}};
const Section match{"expect = {…}", match_keys()};
const Section expect_close_step{"an `expect_close` step",
                                {{"expect_close", "true or a Close code", "1000"}, within_key}};
const Section ping_step{
    "a `ping` step",
    {{"ping", form::text, "\"are you there\""}, {"pong_within", form::duration, "\"2s\""}}};
const Section wait_step{"a `wait` step", {{"wait", form::duration, "\"300ms\""}}};
const Section echo_step{"an `echo` step", {{"echo", "true", "true"}}};
const Section close_step{
    "a `close` step",
    with_strike_keys({{"close", "a Close code, true for an empty frame, or a fault", "1001"},
                      {"reason", form::text, "\"going away\""},
                      {"finish", form::flag, "false"}})};
const Section close_fault{"close = {…}",
                          {{"fault", "the name of a close fault", "\"unfinished\""}}};
const Section drop_step{"a `drop` step",
                        with_strike_keys({{"drop", "the name of a drop fault", "\"reset\""}})};
const Section drop{"drop = {…}", {{"fault", "the name of a drop fault", "\"reset\""}}};
const Section raw_step{"a `raw` step",
                       {{"raw", "a string, or { hex = … }", "{ hex = \"81 05\" }"}}};
const Section raw{"raw = {…}", {{"hex", form::hex, "\"81 05 68\""}}};
const Section frame_step{
    "a `frame` step",
    with_strike_keys({{"frame", "the name of a frame fault, or a table", "{ opcode = 3 }"}})};
const Section frame_fault{"frame = { fault = … }",
                          {{"fault", "the name of a frame fault", "\"masked\""}}};
const Section frame{"frame = {…}",
                    {{"opcode", "a name or a number from 0 to 15", "3"},
                     {"fin", form::flag, "false"},
                     {"rsv", form::count, "4"},
                     {"masked", form::flag, "true"},
                     {"length_bits", "7, 16 or 64", "64"},
                     {"declared_length", "a size", "65536"},
                     {"payload", form::text, "\"hello\""},
                     {"payload_hex", form::hex, "\"c3 28\""}}};
const Section link_step{"a `link` step", {{"link", form::change, "\"down\""}}};
const Section tell_step{"a `tell` step", with_tell_keys({})};
const Section read_step{"a `read` step",
                        {{"read", "a rate, \"nothing\" or \"all\"", "\"10kB/s\""}}};
const Section write_step{"a `write` step", {{"write", "\"bytewise\" or \"all\"", "\"bytewise\""}}};

const Section expect{
    "[expect]",
    {{"attempts", form::count_range, "\"3..5\""},
     {"gaps", "an array of ranges of durations, or one range", "[\"0s..5s\", \"1s..8s\"]"},
     {"growing", form::flag, "true"},
     {"curve", form::table, "{ base = \"500ms\", cap = \"30s\" }"},
     {"within", form::duration, "\"30s\""},
     {"settle", form::duration, "\"3s\""},
     {"gives_up", form::flag, "true"},
     {"opens", form::count_range, "1"},
     {"request", "a table or an array of tables", "{ path = \"/chat\" }"},
     {"closes_with", "a Close code, an array of them or a table", "[1002, 1007]"},
     {"detects", form::duration_range, "\"..15s\""},
     {"recovers", form::duration_range, "\"..10s\""},
     {"messages", "a table or an array of tables", "{ text = \"subscribe\", count = 1 }"},
     {"tls_alert", "the name of a TLS alert or an array of them", "\"certificate_expired\""},
     {"sni", "a host name", "\"server.test\""},
     {"client", form::table, "{ close = { code = 1006 } }"},
     {"waive", form::texts, "[\"no-hot-loop\"]"}}};
const Section curve{
    "curve = {…}",
    {{"base", form::duration, "\"500ms\""},
     {"factor", "a number", "2"},
     {"cap", form::duration, "\"30s\""},
     {"jitter", "\"none\", \"full\", \"equal\", \"decorrelated\" or a share", "\"full\""}}};
const Section messages{"messages = {…}", with(match_keys(), {{"text", form::text, "\"subscribe\""},
                                                             {"attempt", form::count, "2"},
                                                             {"count", form::count_range, "1"}})};
const Section expect_request{"request = {…}",
                             {{"attempt", form::count, "2"},
                              {"to", "a host name", "\"elsewhere.test\""},
                              {"path", form::field, "\"/chat\""},
                              {"host", form::field, "\"server.test\""},
                              {"origin", form::field, "false"},
                              {"protocols", form::field, "[\"chat\"]"},
                              {"extensions", form::field, "false"},
                              {"cookie", form::field, "{ regex = \"session=\" }"},
                              {"authorization", form::field, "\"Bearer T2\""},
                              {"user_agent", form::field, "true"},
                              {"proxy_authorization", form::field, "false"}}};
const Section closes_with{
    "closes_with = {…}",
    {{"code", "a Close code or an array of them", "1002"}, {"attempt", form::count, "1"}}};
const Section client_expectations{"client = {…}",
                                  {{"exit", "an exit code", "0"},
                                   {"output", "a regular expression", "\"giving up\""},
                                   {"memory", "a range of sizes", "\"..64MiB\""}}};
const Section client_event{"an event of the client",
                           {{"code", "a Close code", "1006"},
                            {"clean", form::flag, "false"},
                            {"text", "a regular expression", "\"^welcome$\""},
                            {"attempt", form::count, "2"},
                            {"by", form::duration, "\"5s\""},
                            {"count", form::count_range, "\"1..\""}}};

const Section client{
    "client.toml",
    {{"name", form::text, "\"my-client\""},
     {"about", form::text, "\"the loop of our application\""},
     {"command", form::texts, "[\"node\", \"client.mjs\", \"{url}\"]"},
     {"install", form::texts, "[\"npm\", \"ci\"]"},
     {"installed", "a path", "\"node_modules\""},
     {"needs", form::texts, "[\"node\"]"},
     {"can", form::texts, "[\"reports\", \"close\"]"},
     {"reconnects", form::flag, "false"},
     {"page", "a path", "\"page.html\""},
     {"weight", form::count, "1"},
     {"policy", form::table, "{ max = 5 }"},
     {"variants", "a table of tables", "{ slow = { about = \"…\", arguments = [] } }"}}};
const Section client_policy{"[policy]",
                            {{"delays", "a string or a number", "\"1s, 2s, 4s\""},
                             {"factor", "a string or a number", "2"},
                             {"jitter", "a string or a number", "\"20%\""},
                             {"cap", "a string or a number", "\"10s\""},
                             {"max", "a string or a number", "5"},
                             {"resets", "a string or a number", "\"at every open\""},
                             {"connect-timeout", "a string or a number", "\"10s\""},
                             {"heartbeat", "a string or a number", "\"20s + 20s\""},
                             {"fatal", "a string or a number", "\"4400-4499\""},
                             {"source", "a string or a number", "\"README, 4.4.0\""}}};
const Section client_variant{"a variant",
                             {{"about", form::text, "\"never retries\""},
                              {"arguments", form::texts, "[\"--policy=never-retries\"]"}}};

const Section known_result{"a result in expected.toml",
                           {{"verdict", "\"fail\" or \"unsupported\"", "\"fail\""},
                            {"why", form::text, "\"takes lengths that are not minimal\""}}};

}  // namespace sections

std::span<const Section* const> step_sections() {
  using namespace sections;
  static const std::array all{&send_step, &expect_step, &expect_close_step, &ping_step, &wait_step,
                              &echo_step, &close_step,  &drop_step,         &raw_step,  &frame_step,
                              &link_step, &tell_step,   &read_step,         &write_step};
  return all;
}

std::span<const Section* const> scenario_sections() {
  using namespace sections;
  static const std::array all{&scenario,     &server,
                              &connections,  &read_step,
                              &write_step,   &server_proxy,
                              &page,         &link,
                              &loss,         &idle,
                              &mtu,          &kernel,
                              &attempt,      &dns,
                              &port,         &proxy,
                              &tls,          &handshake,
                              &auth,         &every_step,
                              &sending_step, &send_step,
                              &send,         &match,
                              &expect_step,  &expect_close_step,
                              &ping_step,    &wait_step,
                              &echo_step,    &close_step,
                              &close_fault,  &drop_step,
                              &drop,         &raw_step,
                              &raw,          &frame_step,
                              &frame,        &frame_fault,
                              &link_step,    &tell_step,
                              &at,           &when,
                              &expect,       &curve,
                              &messages,     &expect_request,
                              &closes_with,  &client_expectations,
                              &client_event};
  return all;
}

std::span<const Section* const> client_sections() {
  using namespace sections;
  static const std::array all{&client, &client_policy, &client_variant, &known_result};
  return all;
}

}  // namespace halfopen::scenario
