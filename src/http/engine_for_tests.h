// For tests: everything a connection needs around it, on a store in memory, and a client that speaks raw bytes to it
// over a pair of sockets.
#pragma once

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <boost/asio/post.hpp>

#include "http/engine.h"
#include "http/session.h"
#include "runtime/spawn.h"
#include "runtime/tls.h"
#include "storage/memory/memory_store.h"

namespace kith::http {

// The client's end. Reading gives up after ten seconds, so that a test fails instead of hanging.
class RawClient {
 public:
  explicit RawClient(int fd) : fd_(fd) {
    const timeval limit{10, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  RawClient(RawClient&& other) noexcept : fd_(std::exchange(other.fd_, -1)), heard_(std::move(other.heard_)) {}
  RawClient& operator=(RawClient&&) = delete;
  ~RawClient() {
    if (fd_ >= 0) ::close(fd_);
  }

  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }
  void finish_sending() const { ::shutdown(fd_, SHUT_WR); }

  // One response with its body by Content-Length (none for 1xx, 204 and 304); empty when the connection ended instead.
  std::string response(bool is_head = false) {
    std::size_t end = 0;
    while ((end = heard_.find("\r\n\r\n")) == std::string::npos) {
      if (!hear()) return std::exchange(heard_, {});
    }
    const std::size_t size = end + 4 + (is_head ? 0 : content_length(heard_.substr(0, end + 2)));
    while (heard_.size() < size && hear()) {
    }
    std::string whole = heard_.substr(0, size);
    heard_.erase(0, size);
    return whole;
  }
  // What has come by now or comes next, `most` bytes of it; empty at the end.
  std::string some(std::size_t most) const {
    std::string bytes(most, '\0');
    const ssize_t got = ::recv(fd_, bytes.data(), most, 0);
    bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return bytes;
  }
  // Until the server hangs up.
  std::string rest() {
    while (hear()) {
    }
    return std::exchange(heard_, {});
  }
  std::string ask(std::string_view request) {
    send(request);
    return response();
  }

 private:
  bool hear() {
    std::array<char, 16'384> buffer;
    const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (got > 0) heard_.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0;
  }
  static std::size_t content_length(const std::string& head) {
    const std::size_t at = head.find("\r\nContent-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 18));
  }

  int fd_;
  std::string heard_;
};

class EngineForTests {
 public:
  explicit EngineForTests(Limits wanted = {}, GateOptions options = {})
      : limits(wanted), gate(actors, limiter, std::move(options)) {
    std::signal(SIGPIPE, SIG_IGN);
    store.on_events([this](std::vector<Event>&& events) { actors.notice(events); });
    static_cast<void>(store.start().has_value());
    io.start(std::chrono::milliseconds(5));
  }
  ~EngineForTests() {
    close_all();
    store.stop();
    io.stop();
  }
  EngineForTests(const EngineForTests&) = delete;
  EngineForTests& operator=(const EngineForTests&) = delete;

  // With `tls`, the server waits for a client that speaks TLS.
  RawClient connect(const std::string& address = "192.0.2.1", runtime::TlsContext* tls = nullptr) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) std::abort();
    boost::asio::post(io.context(), [this, fd = ends[0], address, tls] {
      auto transport =
          tls != nullptr ? runtime::Transport(io.context(), fd, *tls) : runtime::Transport(io.context(), fd);
      Incoming incoming{std::move(transport), address, {}};
      runtime::spawn(io.context(), log, "test", serve_connection(std::move(incoming), io, sessions, engine));
    });
    return RawClient(ends[1]);
  }
  // Runs on the thread of the connections and waits for it.
  template <class Work>
  auto on_io_thread(Work work) {
    std::packaged_task<std::invoke_result_t<Work>()> task(std::move(work));
    auto done = task.get_future();
    boost::asio::post(io.context(), std::move(task));
    return done.get();
  }
  std::size_t open_sessions() {
    return on_io_thread([this] { return sessions.size(); });
  }
  // Waits until no connection is left; false after ten seconds.
  bool becomes_empty() {
    for (int i = 0; i < 5'000 && open_sessions() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return open_sessions() == 0;
  }
  void close_all() {
    on_io_thread([this] { sessions.close_all(); });
    becomes_empty();
  }
  std::string logged() {
    std::lock_guard lock(log_mutex);
    return log_lines;
  }

  // A route that answers `text` to whoever may come.
  void say(Method method, std::string_view pattern, Policy policy, std::string text) {
    router.add(method, pattern, policy, [text](Request) -> boost::asio::awaitable<Result<Response>> {
      co_return Response::text(text, "text/plain");
    });
  }
  // A route that says the body back.
  void echo(Method method, std::string_view pattern, Policy policy) {
    router.add(method, pattern, policy, [](Request request) -> boost::asio::awaitable<Result<Response>> {
      co_return Response::text(request.body, "text/plain");
    });
  }

  FakeClock clock{Time{1'795'312'800'000'000}};
  SystemRandom random;
  std::mutex log_mutex;
  std::string log_lines;
  Log log{clock, Level::debug, [this](std::string_view line) {
            std::lock_guard lock(log_mutex);
            log_lines += line;
          }};
  MemoryStore kept;
  runtime::StoreThread store{kept, clock, random, log};
  ActorCache actors{store, clock};
  runtime::RateLimiter limiter{clock};
  Limits limits;
  Gate gate;
  Router router;
  runtime::Metrics metrics;
  HttpMetrics http_metrics{metrics};
  Engine engine{router, gate, clock, random, log, http_metrics, limits, {"10.0.0.1"}};
  SessionList sessions;
  runtime::IoThread io{log};
};

inline constexpr Policy kForAnyone{.who = kAnyone};

// Requests as text, and what to look for in a response.
inline const std::string kHost = "Host: kith.example\r\n";

inline std::string get(std::string_view path, std::string_view more = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\n" + kHost + std::string(more) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view more = "") {
  return "POST " + std::string(path) + " HTTP/1.1\r\n" + kHost + "Content-Type: application/json\r\n" +
         std::string(more) + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

inline int status_of_response(std::string_view response) {
  return response.starts_with("HTTP/1.1 ") ? std::stoi(std::string(response.substr(9, 3))) : 0;
}

inline bool ends_with_body(const std::string& response, std::string_view body) {
  return response.ends_with("\r\n\r\n" + std::string(body));
}

}  // namespace kith::http
