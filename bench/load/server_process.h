// A server under load: a process of its own, so that its processor time and memory can be told from the load's. What it
// starts belongs to it: every figure is of the whole family.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace kith::load {

class ServerProcess {
 public:
  // Runs `command`; the first line it writes to standard output ends in its port.
  static ServerProcess run(const std::vector<std::string>& command);
  // Runs `command`, which will listen on `port`, without waiting for it.
  static ServerProcess begin(const std::vector<std::string>& command, std::uint16_t port);
  // Runs `serve(listening socket)` in a forked process, which never returns from here. Fork before making threads.
  static ServerProcess fork_off(const std::function<void(int listening)>& serve);
  // Something that listens on `port` already, told apart from its output.
  ServerProcess(pid_t pid, std::uint16_t port) : pid_(pid), port_(port) {}
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&&) = delete;
  // Asks it to end, and ends it when it does not within five seconds.
  ~ServerProcess();
  // kill -9: it has no time to say or keep anything.
  void kill();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  // In programs and for them in the system, to the microsecond.
  [[nodiscard]] double cpu_seconds() const;
  [[nodiscard]] double resident_bytes() const;   // its own pages, shared ones in part
  [[nodiscard]] double anonymous_bytes() const;  // heap and stacks
  [[nodiscard]] bool is_running() const;
  // After begin(): it has said its first line, and so listens.
  [[nodiscard]] bool has_spoken() const;

 private:
  // It and all that came from it and still run.
  [[nodiscard]] std::vector<pid_t> family() const;

  pid_t pid_;
  std::uint16_t port_;
  int out_ = -1;  // its standard output, while nobody has read it
};

// A non-inherited listening socket on a free port of 127.0.0.1.
int listen_on_loopback(std::uint16_t& port);

}  // namespace kith::load
