#include <algorithm>
#include <utility>

#include "http/http_session.h"
#include "http/problem.h"

namespace kith::http {

namespace {

using runtime::IoResult;
using runtime::IoStatus;
using runtime::Want;
using Step = MessageParser::Step;

}  // namespace

boost::asio::awaitable<bool> HttpSession::wait_at_most(Want want, std::chrono::milliseconds limit) {
  deadline_.set(limit);
  const bool is_ready = co_await transport_.wait(want);
  deadline_.clear();
  co_return is_ready;
}

// Into the scratch buffer of this thread: good until the next co_await that waits. nullopt: the connection is over, or
// time has run out.
boost::asio::awaitable<std::optional<std::string_view>> HttpSession::read_some() {
  while (!timed_out_) {
    const auto scratch = io_.scratch();
    const IoResult got = transport_.read(scratch);
    if (got.status == IoStatus::ok) {
      engine_.metrics.bytes_in.add(got.bytes);
      co_return std::string_view(scratch.data(), got.bytes);
    }
    if (!must_wait(got) || !co_await transport_.wait(what_for(got))) break;
  }
  co_return std::nullopt;
}

Step HttpSession::take_in(MessageParser& parser) {
  while (true) {
    const auto fed = parser.feed(pending_);
    pending_.erase(0, fed.taken);
    // An empty line in front of a request is skipped by itself.
    if (fed.step != Step::more || fed.taken == 0 || pending_.empty()) return fed.step;
  }
}

Step HttpSession::take_in(MessageParser& parser, std::string_view fresh) {
  if (!pending_.empty()) {
    pending_.append(fresh);
    return take_in(parser);
  }
  const auto fed = parser.feed(fresh);
  pending_.assign(fresh.substr(fed.taken));
  return fed.step == Step::more && fed.taken > 0 && !pending_.empty() ? take_in(parser) : fed.step;
}

// nullopt: the head is there. Otherwise everything is said and done.
boost::asio::awaitable<std::optional<HttpSession::After>> HttpSession::read_head(Turn& turn) {
  deadline_.set(engine_.limits.head);
  Step step = take_in(turn.parser);
  while (step == Step::more) {
    const auto fresh = co_await read_some();
    if (!fresh) break;
    step = take_in(turn.parser, *fresh);
  }
  deadline_.clear();
  if (step == Step::head) co_return std::nullopt;
  turn.keeps_alive = false;
  turn.is_read = true;
  if (step == Step::refused) co_return co_await send(turn, refused_by_parser(turn));
  if (!std::exchange(timed_out_, false) || pending_.empty()) co_return After::gone;
  co_return co_await send(turn, problem(408, "The request took too long to arrive"));
}

Response HttpSession::refused_by_parser(const Turn& turn) const {
  const Refusal& refusal = turn.parser.refusal();
  if (refusal.status == 413) return problem(Error{Errc::too_large, {}, {}});
  return problem(refusal.status, reason_phrase(refusal.status), refusal.why);
}

boost::asio::awaitable<std::optional<Response>> HttpSession::read_body(Turn& turn) {
  std::string body;
  while (!turn.is_read) {
    auto chunk = co_await read_chunk(turn);
    if (!chunk) {
      turn.keeps_alive = false;
      turn.is_read = true;
      const bool is_refused = turn.parser.refusal().why[0] != '\0';
      co_return is_refused ? refused_by_parser(turn) : problem(408, "The request took too long to arrive");
    }
    body += *chunk;
  }
  turn.request.body = std::move(body);
  co_return std::nullopt;
}

boost::asio::awaitable<Result<std::string>> HttpSession::read_chunk(Turn& turn) {
  if (turn.is_read) co_return std::string();
  Step step = take_in(turn.parser);
  std::string chunk = turn.parser.take_body();
  while (step == Step::body && chunk.empty()) {
    deadline_.set(engine_.limits.body_progress);
    const auto fresh = co_await read_some();
    deadline_.clear();
    turn.has_waited = true;
    if (!fresh || is_too_slow(turn)) {
      timed_out_ = false;
      turn.keeps_alive = false;
      co_return fail(Errc::unavailable, "the body stopped arriving");
    }
    step = take_in(turn.parser, *fresh);
    chunk = turn.parser.take_body();
  }
  if (step == Step::refused) {
    turn.keeps_alive = false;
    const bool is_large = turn.parser.refusal().status == 413;
    co_return fail(is_large ? Errc::too_large : Errc::invalid, turn.parser.refusal().why);
  }
  turn.is_read = step == Step::done;
  co_return chunk;
}

bool HttpSession::is_too_slow(const Turn& turn) const {
  const auto taken = std::chrono::steady_clock::now() - body_began_;
  if (taken <= engine_.limits.body_progress) return false;
  const double seconds = std::chrono::duration<double>(taken).count();
  return static_cast<double>(turn.parser.body_bytes()) <
         seconds * static_cast<double>(engine_.limits.slowest_body_bytes_per_second);
}

// Reads the rest of a body nobody wants, when that is quicker than a new connection. True: the next request can follow.
boost::asio::awaitable<bool> HttpSession::drain(Turn& turn) {
  const bool has_body = turn.parser.has_body();
  const bool is_small = turn.parser.content_length().value_or(kDrainBytes + 1) <= kDrainBytes;
  if (has_body && (!is_small || turn.parser.expects_continue() || !turn.keeps_alive)) co_return false;
  turn.parser.set_body_cap(kDrainBytes);
  body_began_ = std::chrono::steady_clock::now();
  while (!turn.is_read) {
    if (auto chunk = co_await read_chunk(turn); !chunk) co_return false;
  }
  co_return true;
}

}  // namespace kith::http
