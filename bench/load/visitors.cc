#include "load/visitors.h"

#include <fmt/format.h>

namespace kith::load {

const std::string_view kAverageMessage =
    "The lamp came on Tuesday, but its foot has a crack. Could you send me another one before the party";

void LiveVisitors::upgraded(std::size_t client) {
  const auto newest = newest_known(client);
  say(client, fmt::format(R"({{"type":"hello","since":{},"token":"{}"}})", newest ? fmt::to_string(*newest) : "null",
                          tokens_[client]));
}

void LiveVisitors::heard(std::size_t client, std::string_view json) {
  constexpr std::string_view kBegin = R"({"type":")";
  if (!json.starts_with(kBegin)) return;
  std::string_view type = json.substr(kBegin.size(), json.find('"', kBegin.size()) - kBegin.size());
  if (type == "caught_up") return set_ready(client);
  if (type != "welcome") told(client, type, json);
}

void LiveVisitors::write(std::size_t client, std::string_view text) {
  write_as(client, new_id(), text);
}

void LiveVisitors::write_as(std::size_t client, std::string_view id, std::string_view text) {
  say(client, fmt::format(R"({{"type":"write","id":"{}","text":"{}"}})", id, text));
}

}  // namespace kith::load
