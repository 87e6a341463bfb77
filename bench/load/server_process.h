// A server under load: a process of its own, so that its processor time and memory can be told from the load's.
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
  // Runs `serve(listening socket)` in a forked process, which never returns from here. Fork before making threads.
  static ServerProcess fork_off(const std::function<void(int listening)>& serve);
  // Something that listens on `port` already, told apart from its output.
  ServerProcess(pid_t pid, std::uint16_t port) : pid_(pid), port_(port) {}
  ServerProcess(ServerProcess&& other) noexcept;
  ServerProcess& operator=(ServerProcess&&) = delete;
  // Asks it to end, and ends it when it does not within five seconds.
  ~ServerProcess();

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] double cpu_seconds() const;
  [[nodiscard]] double resident_bytes() const;   // its own pages, shared ones in part
  [[nodiscard]] double anonymous_bytes() const;  // heap and stacks
  [[nodiscard]] bool is_running() const;

 private:
  pid_t pid_;
  std::uint16_t port_;
};

// A non-inherited listening socket on a free port of 127.0.0.1.
int listen_on_loopback(std::uint16_t& port);

}  // namespace kith::load
