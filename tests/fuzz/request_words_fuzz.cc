// What stands in the lines of a request and in its address, each word by itself: cursors, times, ids, ranges, cookies,
// what proxies say. Whatever is understood must mean one thing and be said again the same way; a cookie that we did not
// seal opens nothing.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/text.h"
#include "domain/ids.h"
#include "http/message.h"
#include "http/page_language.h"
#include "http/proxy.h"
#include "runtime/sealed_box.h"
#include "wire/place.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void read_words(std::string_view words) {
  const auto place = kith::wire::decode_place<kith::LaterId>(words);
  if (place) must(kith::wire::encode_place(*place) == words);
  const auto time = kith::parse_time(words);
  if (time) must(kith::parse_time(kith::format_time(*time)) == time);
  const auto id = kith::EntryId::parse(words);
  if (id) must(kith::EntryId::parse(id->text()) == id && kith::lower_ascii(words) == id->text());
  std::string bytes;
  if (kith::read_base64url(words, bytes)) must(kith::base64url(bytes).size() == words.size());
  const kith::runtime::SealedBox box{kith::runtime::SealedBox::Key{7}};
  must(!box.unseal(words));
}

void read_range(std::string_view line) {
  kith::http::Request request;
  request.headers.lines.emplace_back("range", line);
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1000}, UINT64_MAX}) {
    const auto range = kith::http::read_range(request, size);
    if (!range || !*range) continue;
    must((*range)->length > 0 && (*range)->first < size && (*range)->length <= size - (*range)->first);
  }
}

void hear_proxies(std::string_view line) {
  const std::vector<std::string> trusted{"127.0.0.1", "10.0.0.2"};
  kith::http::Headers headers;
  headers.lines.emplace_back("x-forwarded-for", line);
  const auto client = kith::http::client_behind(headers, "127.0.0.1", false, trusted);
  for (const char c : client.address) must(std::string_view("0123456789abcdef.:").find(c) != std::string_view::npos);
  must(!kith::http::network_of(client.address).empty());
  must(kith::http::client_behind(headers, "192.0.2.1", false, trusted).address == "192.0.2.1");
  (void)kith::http::network_of(line);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view words(reinterpret_cast<const char*>(data), size);
  read_words(words);
  read_range(words);
  hear_proxies(words);
  (void)kith::http::page_language(words);
  return 0;
}
