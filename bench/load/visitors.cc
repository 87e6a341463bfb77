#include "load/visitors.h"

#include <fmt/format.h>

namespace kith::load {

const std::string_view kAverageMessage =
    "The lamp came on Tuesday, but its foot has a crack. Could you send me another one before the party";

void LiveVisitors::upgraded(std::size_t client) {
  say(client, fmt::format(R"({{"type":"hello","since":null,"token":"{}"}})", tokens_[client]));
}

void LiveVisitors::heard(std::size_t client, std::string_view json) {
  constexpr std::string_view kBegin = R"({"type":")";
  if (!json.starts_with(kBegin)) return;
  std::string_view type = json.substr(kBegin.size(), json.find('"', kBegin.size()) - kBegin.size());
  if (type == "caught_up") return set_ready(client);
  if (type != "welcome") told(client, type, json);
}

void LiveVisitors::write(std::size_t client, std::string_view text) {
  std::string id = format_uuid(make_uuid7(clock_.now(), random_));
  say(client, fmt::format(R"({{"type":"write","id":"{}","text":"{}"}})", id, text));
}

}  // namespace kith::load
