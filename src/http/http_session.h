// One HTTP connection while it is open: what session.cc does from the first byte to the last, session_read.cc reads and
// session_write.cc writes. For these three only; everybody else knows serve_connection().
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "http/message_parser.h"
#include "http/router.h"
#include "http/session.h"
#include "runtime/deadline.h"

namespace kith::http {

// What a client whom we refused may still send before we hang up.
inline constexpr std::uint64_t kDrainBytes = 64 * 1024;

// Whether to wait and try again, and for what.
inline bool must_wait(const runtime::IoResult& result) {
  return result.status == runtime::IoStatus::want_read || result.status == runtime::IoStatus::want_write;
}
inline runtime::Want what_for(const runtime::IoResult& result) {
  return result.status == runtime::IoStatus::want_read ? runtime::Want::read : runtime::Want::write;
}

Response server_problem();

// One request from its first byte to its answer.
struct Turn {
  explicit Turn(const Limits& limits) : parser(limits) {}

  MessageParser parser;
  Request request;
  Router::Match match;
  std::string id;
  std::string if_none_match;
  bool is_head = false;
  bool is_secure = false;
  bool keeps_alive = true;
  bool is_read = false;     // the body too
  bool has_waited = false;  // for the body
};

class HttpSession {
 public:
  enum class After : std::uint8_t { next, goodbye, gone };

  HttpSession(Incoming incoming, runtime::IoThread& io, SessionList& list, const Engine& engine);
  ~HttpSession();
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  boost::asio::awaitable<bool> shake_hands();
  // True when there is something to read.
  boost::asio::awaitable<bool> wait_for_request();
  boost::asio::awaitable<After> answer_one();
  boost::asio::awaitable<void> say_goodbye();

  void finish();
  void close();
  // The next part of an upload.
  boost::asio::awaitable<Result<std::string>> read_chunk(Turn& turn);

 private:
  friend class SessionList;

  boost::asio::awaitable<std::optional<std::string_view>> read_some();
  boost::asio::awaitable<bool> wait_at_most(runtime::Want want, std::chrono::milliseconds limit);
  MessageParser::Step take_in(MessageParser& parser);
  MessageParser::Step take_in(MessageParser& parser, std::string_view fresh);

  boost::asio::awaitable<std::optional<After>> read_head(Turn& turn);
  void begin(Turn& turn);
  boost::asio::awaitable<std::optional<Response>> refuse_at_the_door(Turn& turn);
  bool has_a_place(const Turn& turn);
  boost::asio::awaitable<Response> find_answer(Turn& turn);
  boost::asio::awaitable<Response> run_handler(Turn& turn);
  boost::asio::awaitable<std::optional<Response>> read_body(Turn& turn);
  boost::asio::awaitable<std::optional<Response>> look_again(Turn& turn);
  boost::asio::awaitable<bool> drain(Turn& turn);
  boost::asio::awaitable<After> upgrade(Turn& turn);
  Response refused_by_parser(const Turn& turn) const;
  Response answer_to(const Error& error, const Turn& turn) const;
  bool is_too_slow(const Turn& turn) const;

  boost::asio::awaitable<After> send(Turn& turn, Response response);
  boost::asio::awaitable<bool> write(std::string_view head, std::string_view body);
  boost::asio::awaitable<bool> wait_for_reader(runtime::Want want);
  boost::asio::awaitable<bool> write_source(BodySource source);
  boost::asio::awaitable<bool> write_endless(BodySource source, bool is_chunked);

  runtime::Transport transport_;
  std::string peer_;
  runtime::ConnectionSlot slot_;
  runtime::IoThread& io_;
  SessionList& list_;
  const Engine& engine_;
  runtime::Deadline deadline_;
  std::string pending_;  // read, but not yet part of a request
  std::uint64_t connection_id_ = 0;
  std::size_t requests_ = 0;
  std::chrono::steady_clock::time_point body_began_;
  std::chrono::steady_clock::duration waited_for_reader_{};  // since its speed was looked at last
  std::size_t taken_by_reader_ = 0;                          // bytes, in that time
  bool timed_out_ = false;
  bool is_idle_ = false;
  bool is_finishing_ = false;
  HttpSession* before_ = nullptr;
  HttpSession* after_ = nullptr;
};

}  // namespace kith::http
