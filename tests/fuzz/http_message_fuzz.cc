// What anybody may send to the HTTP port: any bytes, in any pieces. The first byte of the input says how they are cut.
// However they arrive, the same requests must come out, and no path that handlers see may be a surprise.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "http/message_parser.h"

namespace {

using kith::http::MessageParser;
using Step = MessageParser::Step;

struct Heard {
  std::string path;
  std::string body;
  int refused_with = 0;
  bool operator==(const Heard&) const = default;
};

void check_path(std::string_view path) {
  const bool is_sound = path.starts_with('/') && kith::is_utf8(path) && path.find('\0') == path.npos &&
                        path.find("//") == path.npos && path.find("/../") == path.npos && !path.ends_with("/..");
  if (!is_sound) std::abort();
}

// The requests of one connection, as its session would read them.
class Listener {
 public:
  void hear(std::string_view bytes) {
    waiting_ += bytes;
    while (!is_over_ && take_one_step()) {
    }
  }
  std::vector<Heard> heard;

 private:
  bool take_one_step() {
    if (!parser_) parser_ = std::make_unique<MessageParser>(limits_);
    const auto fed = parser_->feed(waiting_);
    if (fed.taken > waiting_.size()) std::abort();
    waiting_.erase(0, fed.taken);
    if (fed.step == Step::head) {
      now_.path = parser_->take_request().path;
      check_path(now_.path);
      parser_->set_body_cap(kBodyCap);
      return true;
    }
    now_.body += parser_->take_body();
    if (now_.body.size() > kBodyCap) std::abort();
    is_over_ = fed.step == Step::refused;
    if (is_over_) now_ = {{}, {}, parser_->refusal().status};
    if (fed.step == Step::done || is_over_) next_request();
    return fed.step == Step::done || (fed.taken > 0 && !waiting_.empty());
  }
  void next_request() {
    heard.push_back(std::move(now_));
    now_ = {};
    parser_.reset();
  }

  static constexpr std::size_t kBodyCap = 4'096;
  kith::http::Limits limits_;
  std::unique_ptr<MessageParser> parser_;
  std::string waiting_;
  Heard now_;
  bool is_over_ = false;
};

std::vector<Heard> hear(std::string_view bytes, std::size_t piece) {
  Listener listener;
  for (std::size_t at = 0; at < bytes.size(); at += piece) listener.hear(bytes.substr(at, piece));
  return listener.heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (bytes.empty()) return 0;
  const std::size_t piece = std::size_t{data[0]} % 64 + 1;
  if (hear(bytes, bytes.size()) != hear(bytes, piece)) std::abort();
  return 0;
}
