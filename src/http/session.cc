#include "http/session.h"

#include <utility>

#include <fmt/format.h>

#include "http/http_session.h"
#include "http/problem.h"
#include "http/proxy.h"
#include "http/upgrade.h"

namespace kith::http {

namespace {

constexpr std::size_t kKeptBufferBytes = 4 * 1024;
constexpr std::chrono::seconds kComeBackForAPlace{5};

class SessionBody final : public BodyReader {
 public:
  SessionBody(HttpSession& session, Turn& turn) : session_(session), turn_(turn) {}
  boost::asio::awaitable<Result<std::string>> next_chunk() override { return session_.read_chunk(turn_); }
  [[nodiscard]] std::optional<std::uint64_t> announced_bytes() const override { return turn_.parser.content_length(); }

 private:
  HttpSession& session_;
  Turn& turn_;
};

}  // namespace

Response server_problem() {
  return problem(500, "Something went wrong on our side");
}

HttpSession::HttpSession(Incoming incoming, runtime::IoThread& io, SessionList& list, const Engine& engine)
    : transport_(std::move(incoming.transport)),
      peer_(std::move(incoming.remote_address)),
      slot_(std::move(incoming.slot)),
      io_(io),
      list_(list),
      engine_(engine),
      deadline_(io.deadlines(),
                [this] {
                  timed_out_ = true;
                  transport_.cancel_waits();
                }),
      is_finishing_(list.finishing_),
      after_(list.first_) {
  if (after_ != nullptr) after_->before_ = this;
  list_.first_ = this;
  ++list_.size_;
  engine_.metrics.connections.add(1);
}

HttpSession::~HttpSession() {
  if (before_ != nullptr) before_->after_ = after_;
  if (after_ != nullptr) after_->before_ = before_;
  if (list_.first_ == this) list_.first_ = after_;
  --list_.size_;
  engine_.metrics.connections.add(-1);
}

void HttpSession::finish() {
  is_finishing_ = true;
  if (is_idle_) transport_.cancel_waits();
}

void HttpSession::close() {
  is_finishing_ = true;
  transport_.close();
}

void SessionList::finish_all() {
  finishing_ = true;
  for (HttpSession* session = first_; session != nullptr; session = session->after_) session->finish();
}

void SessionList::close_all() {
  finishing_ = true;
  for (HttpSession* session = first_; session != nullptr; session = session->after_) session->close();
}

boost::asio::awaitable<bool> HttpSession::shake_hands() {
  deadline_.set(engine_.limits.handshake);
  const bool done = co_await transport_.handshake();
  deadline_.clear();
  co_return done && !timed_out_;
}

boost::asio::awaitable<bool> HttpSession::wait_for_request() {
  slot_.count_as_nobodys();
  if (is_finishing_ || requests_ >= engine_.limits.requests_per_connection) co_return false;
  if (!pending_.empty()) co_return true;
  if (pending_.capacity() > kKeptBufferBytes) std::string().swap(pending_);
  is_idle_ = true;
  const bool has_bytes =
      co_await wait_at_most(runtime::Want::read, requests_ == 0 ? engine_.limits.head : engine_.limits.idle);
  is_idle_ = false;
  co_return has_bytes && !is_finishing_;
}

void HttpSession::begin(Turn& turn) {
  ++requests_;
  if (connection_id_ == 0) connection_id_ = engine_.random.next() | 1;
  turn.request = turn.parser.take_request();
  Request& request = turn.request;
  const Client client = client_behind(request.headers, peer_, transport_.is_secure(), engine_.trusted_proxies);
  request.remote_address = client.address;
  request.is_secure = client.is_secure;
  request.id = fmt::format("{:016x}-{}", connection_id_, requests_);
  turn.id = request.id;
  turn.is_head = request.method == Method::head;
  turn.is_secure = client.is_secure;
  turn.if_none_match = request.headers.get("if-none-match");
  turn.keeps_alive = turn.parser.keeps_alive() && !turn.parser.is_http_1_0();
}

boost::asio::awaitable<HttpSession::After> HttpSession::answer_one() {
  Turn turn(engine_.limits);
  if (auto over = co_await read_head(turn)) co_return *over;
  begin(turn);
  auto refusal = co_await refuse_at_the_door(turn);
  if (!refusal && turn.match.route->is_upgrade()) co_return co_await upgrade(turn);
  Response response = refusal ? std::move(*refusal) : co_await find_answer(turn);
  if (!turn.is_read && !co_await drain(turn)) turn.keeps_alive = false;
  co_return co_await send(turn, std::move(response));
}

boost::asio::awaitable<std::optional<Response>> HttpSession::refuse_at_the_door(Turn& turn) {
  turn.match = engine_.router.find(turn.request.method, turn.request.path);
  if (turn.match.route == nullptr) {
    if (!turn.match.path_exists) co_return problem(Error{Errc::not_found, {}, {}});
    const bool only_asks = turn.request.method == Method::options;
    Response response = only_asks ? Response::empty() : problem(405, "This cannot be done here");
    co_return std::move(response.with("Allow", turn.match.allow));
  }
  turn.request.params = std::move(turn.match.params);
  if (!has_a_place(turn)) co_return too_many(kComeBackForAPlace);
  auto verdict = co_await engine_.gate.admit(turn.request, *turn.match.route);
  if (verdict.refusal) co_return std::move(verdict.refusal);
  turn.request.actor = std::move(verdict.actor);
  const std::size_t cap = turn.match.route->policy.body_cap_bytes;
  turn.parser.set_body_cap(cap);
  if (turn.parser.content_length().value_or(0) > cap) co_return problem(Error{Errc::too_large, {}, {}});
  co_return std::nullopt;
}

// A proxy's connection takes a place of whoever speaks through it, until she has her answer, or as long as she is live.
// Whoever looks after the house is answered in any case.
bool HttpSession::has_a_place(const Turn& turn) {
  if (!slot_.is_of_proxy() || turn.match.route->policy.rate == RateClass::unlimited) return true;
  if (slot_.count_as_one_of(network_of(turn.request.remote_address))) return true;
  engine_.metrics.refused.count(runtime::NoSlot::too_many_of_address, engine_.clock, engine_.log);
  return false;
}

boost::asio::awaitable<Response> HttpSession::find_answer(Turn& turn) {
  body_began_ = std::chrono::steady_clock::now();
  const bool waits_for_us = turn.parser.expects_continue() && turn.parser.has_body() && pending_.empty();
  if (waits_for_us && !co_await write("HTTP/1.1 100 Continue\r\n\r\n", {})) co_return server_problem();
  if (!turn.match.route->is_upload()) {
    if (auto refusal = co_await read_body(turn)) co_return std::move(*refusal);
    if (auto refusal = co_await look_again(turn)) co_return std::move(*refusal);
  }
  co_return co_await run_handler(turn);
}

// A body may take minutes, and whoever sends it may have lost her rights since the head was judged.
boost::asio::awaitable<std::optional<Response>> HttpSession::look_again(Turn& turn) {
  if (!turn.has_waited) co_return std::nullopt;
  auto verdict = co_await engine_.gate.admit_again(turn.request, *turn.match.route);
  turn.request.actor = std::move(verdict.actor);
  co_return std::move(verdict.refusal);
}

// Both kinds of handlers, and whatever they throw.
boost::asio::awaitable<Response> HttpSession::run_handler(Turn& turn) {
  std::string thrown;
  try {
    SessionBody body(*this, turn);
    Request request = std::move(turn.request);
    const auto* upload = std::get_if<UploadHandler>(&turn.match.route->handler);
    auto answer = upload != nullptr ? co_await (*upload)(std::move(request), body)
                                    : co_await std::get<Handler>(turn.match.route->handler)(std::move(request));
    co_return answer ? std::move(*answer) : answer_to(answer.error(), turn);
  } catch (const std::exception& failure) {
    thrown = failure.what();
  }
  engine_.log.error("handler_exception", {{"route", turn.match.route->pattern}, {"what", thrown}, {"id", turn.id}});
  co_return server_problem();
}

Response HttpSession::answer_to(const Error& error, const Turn& turn) const {
  Response response = problem(error);
  if (response.status >= 500) {
    engine_.log.warning("request_failed", {{"route", turn.match.route->pattern},
                                           {"code", errc_name(error.code)},
                                           {"detail", error.detail},
                                           {"id", turn.id}});
  }
  return response;
}

boost::asio::awaitable<HttpSession::After> HttpSession::upgrade(Turn& turn) {
  auto fits = check_handshake(turn.request);
  if (fits && turn.parser.has_body()) fits = invalid({}, "a handshake has no body");
  if (!fits) {
    turn.keeps_alive = false;
    co_return co_await send(turn, problem(fits.error()));
  }
  deadline_.set(engine_.limits.body_progress);
  std::string head = switching_protocols(turn.request.headers.get("sec-websocket-key"), {});
  const bool is_sent = co_await transport_.write_all(head);
  deadline_.clear();
  if (!is_sent) co_return After::gone;
  engine_.metrics.count(turn.match.route, 101);
  Upgraded upgraded{std::move(transport_), &io_, std::move(turn.request), std::move(pending_), std::move(slot_)};
  std::get<UpgradeHandler>(turn.match.route->handler)(std::move(upgraded));
  co_return After::gone;
}

boost::asio::awaitable<void> serve_connection(Incoming incoming, runtime::IoThread& io, SessionList& list,
                                              const Engine& engine) {
  HttpSession session(std::move(incoming), io, list, engine);
  if (!co_await session.shake_hands()) co_return;
  while (co_await session.wait_for_request()) {
    const HttpSession::After after = co_await session.answer_one();
    if (after == HttpSession::After::gone) co_return;
    if (after == HttpSession::After::goodbye) {
      co_await session.say_goodbye();
      co_return;
    }
  }
}

}  // namespace kith::http
