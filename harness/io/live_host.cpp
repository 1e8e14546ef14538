#include "io/live_host.h"

#include <utility>

#include "io/site.h"

namespace halfopen::io {

LiveHost::LiveHost(Host& host, const scenario::Scenario& scenario, run::Inside& inside,
                   crypto::KeyLog key_log)
    : host_(host), scenario_(scenario), inside_(inside) {
  if (scenario.server.tls || scenario.page.https)
    identities_ = std::make_shared<crypto::Identities>(host.authority(), certified_names(scenario),
                                                       std::move(key_log));
}

std::shared_ptr<crypto::Identities> LiveHost::identities() const {
  return scenario_.server.tls ? identities_ : nullptr;
}

void LiveHost::serve(Descriptor listener, const Link& link) {
  server_ = std::make_unique<FakeServer>(host_.loop(), std::move(listener), inside_, link);
}

void LiveHost::serve_page(Descriptor listener, std::string html) {
  page_server_ = std::make_unique<PageServer>(host_.loop(), std::move(listener),
                                              scenario_.page.https ? identities_->get() : nullptr,
                                              std::move(html), inside_);
}

void LiveHost::serve_names(Descriptor udp, Descriptor tcp) {
  name_server_ =
      std::make_unique<NameServer>(host_.loop(), std::move(udp), std::move(tcp), inside_);
}

void LiveHost::pass_by(Descriptor listener) {
  passed_by_ = std::make_unique<PassedBy>(host_.loop(), std::move(listener), inside_);
}

}  // namespace halfopen::io
