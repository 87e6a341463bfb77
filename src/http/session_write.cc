#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "http/http_session.h"
#include "http/problem.h"
#include "http/response_head.h"

namespace kith::http {

namespace {

using runtime::IoResult;
using runtime::IoStatus;

constexpr std::chrono::milliseconds kGoodbye{2'000};

bool has_no_body(int status) {
  return status == 204 || status == 304;
}

}  // namespace

boost::asio::awaitable<HttpSession::After> HttpSession::send(Turn& turn, Response response) {
  if (!has_safe_headers(response)) {
    engine_.log.error("unsafe_header", {{"id", turn.id}});
    response = server_problem();
  }
  if (response.status == 200 && is_known_to_client(turn.if_none_match, response.etag)) {
    response.status = 304;
    response.body.clear();
    response.lasting = {};
    response.source.reset();
  }
  if (is_finishing_ || requests_ >= engine_.limits.requests_per_connection) turn.keeps_alive = false;
  HeadFacts facts{engine_.clock.now(), turn.id, std::nullopt, turn.is_secure, turn.keeps_alive};
  if (!has_no_body(response.status)) {
    facts.content_length = response.source ? response.source->size_bytes : response.bytes().size();
    facts.is_chunked = !facts.content_length;
  }
  // Whoever knows no chunks must see the end of the connection instead.
  if (facts.is_chunked && turn.parser.is_http_1_0()) facts.is_chunked = turn.keeps_alive = facts.keeps_alive = false;
  const bool has_body = !has_no_body(response.status) && !turn.is_head;
  const std::string head = write_response_head(response, facts);
  engine_.metrics.count(turn.match.route, response.status);
  if (!co_await write(head, has_body && !response.source ? response.bytes() : std::string_view())) {
    co_return After::gone;
  }
  if (has_body && response.source) {
    const bool is_whole = response.source->size_bytes
                              ? co_await write_source(std::move(*response.source))
                              : co_await write_endless(std::move(*response.source), facts.is_chunked);
    if (!is_whole) co_return After::gone;
  }
  co_return turn.keeps_alive ? After::next : After::goodbye;
}

boost::asio::awaitable<bool> HttpSession::write(std::string_view head, std::string_view body) {
  while (!head.empty() || !body.empty()) {
    const std::array<iovec, 2> pieces{
        {{const_cast<char*>(head.data()), head.size()}, {const_cast<char*>(body.data()), body.size()}}};
    const IoResult result = transport_.write(pieces);
    if (result.status == IoStatus::ok) {
      engine_.metrics.bytes_out.add(result.bytes);
      taken_by_reader_ += result.bytes;
      const std::size_t of_head = std::min(result.bytes, head.size());
      head.remove_prefix(of_head);
      body.remove_prefix(result.bytes - of_head);
      continue;
    }
    if (!must_wait(result) || !co_await wait_for_reader(what_for(result))) co_return false;
  }
  co_return true;
}

// Taking a little now and then is not enough. Only the time counts in which we wait for the client: a source may take
// as long as it needs. What the system took at first on its behalf buys it no more than the first look.
boost::asio::awaitable<bool> HttpSession::wait_for_reader(runtime::Want want) {
  const auto began = std::chrono::steady_clock::now();
  if (!co_await wait_at_most(want, engine_.limits.body_progress)) co_return false;
  waited_for_reader_ += std::chrono::steady_clock::now() - began;
  if (waited_for_reader_ < engine_.limits.body_progress) co_return true;
  const double seconds = std::chrono::duration<double>(std::exchange(waited_for_reader_, {})).count();
  const auto taken = static_cast<double>(std::exchange(taken_by_reader_, 0));
  co_return taken >= seconds* static_cast<double>(engine_.limits.slowest_reader_bytes_per_second);
}

// Never more and never less than was announced; a source that falls short ends the connection.
boost::asio::awaitable<bool> HttpSession::write_source(BodySource source) {
  std::uint64_t left = *source.size_bytes;
  while (left > 0) {
    const auto chunk = co_await source.next();
    if (!chunk || chunk->empty() || chunk->size() > left) co_return false;
    if (!co_await write(*chunk, {})) co_return false;
    left -= chunk->size();
  }
  co_return true;
}

// Chunks (RFC 9112, 7.1) until the source says that it is done. One that fails leaves out the last chunk, so that the
// client sees that something is missing.
boost::asio::awaitable<bool> HttpSession::write_endless(BodySource source, bool is_chunked) {
  while (true) {
    const auto piece = co_await source.next();
    if (!piece) co_return false;
    if (piece->empty()) break;
    const std::string size = is_chunked ? fmt::format("{:x}\r\n", piece->size()) : std::string();
    if (!co_await write(size, *piece)) co_return false;
    if (is_chunked && !co_await write("\r\n", {})) co_return false;
  }
  co_return !is_chunked || co_await write("0\r\n\r\n", {});
}

// Closing while unread bytes wait would destroy the answer on its way, so what still comes is read for a moment.
boost::asio::awaitable<void> HttpSession::say_goodbye() {
  transport_.finish_writing();
  deadline_.set(kGoodbye);
  std::uint64_t discarded = 0;
  while (discarded < kDrainBytes * 4 && !timed_out_) {
    const auto rest = co_await read_some();
    if (!rest) break;
    discarded += rest->size();
  }
  deadline_.clear();
}

}  // namespace kith::http
