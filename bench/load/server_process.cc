#include "load/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace kith::load {
namespace {

double smaps_bytes(pid_t pid, std::string_view name) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/smaps_rollup");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size(), nullptr) * 1024;
  return 0;
}

std::uint16_t read_port(int out) {
  std::string line;
  for (char c = 0; ::read(out, &c, 1) == 1 && c != '\n';) line += c;
  // "4711", or an address that ends in it.
  int port = std::atoi(line.c_str() + line.rfind(':') + 1);
  if (port <= 0) throw std::runtime_error("a server did not start");
  return static_cast<std::uint16_t>(port);
}

}  // namespace

ServerProcess ServerProcess::run(const std::vector<std::string>& command) {
  int out[2];
  if (::pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  pid_t pid = ::fork();
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::dup2(out[1], STDOUT_FILENO);
    std::vector<char*> arguments;
    for (const std::string& each : command) arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
  }
  ::close(out[1]);
  ServerProcess server(pid, 0);
  server.port_ = read_port(out[0]);
  ::close(out[0]);
  return server;
}

ServerProcess ServerProcess::fork_off(const std::function<void(int)>& serve) {
  std::uint16_t port = 0;
  int listening = listen_on_loopback(port);
  pid_t pid = ::fork();
  if (pid == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    serve(listening);
    ::_exit(0);
  }
  ::close(listening);
  return {pid, port};
}

ServerProcess::ServerProcess(ServerProcess&& other) noexcept : pid_(std::exchange(other.pid_, 0)), port_(other.port_) {}

ServerProcess::~ServerProcess() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  for (int i = 0; i < 500; ++i) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

double ServerProcess::cpu_seconds() const {
  std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
  std::string line;
  std::getline(file, line);
  std::istringstream fields(line.substr(std::min(line.size(), line.rfind(')') + 2)));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double in_program = 0, in_system = 0;
  fields >> in_program >> in_system;
  return (in_program + in_system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

double ServerProcess::resident_bytes() const {
  return smaps_bytes(pid_, "Pss:");
}
double ServerProcess::anonymous_bytes() const {
  return smaps_bytes(pid_, "Pss_Anon:");
}
bool ServerProcess::is_running() const {
  return ::kill(pid_, 0) == 0;
}

int listen_on_loopback(std::uint16_t& port) {
  int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  if (::bind(fd, reinterpret_cast<sockaddr*>(&address), length) != 0 || ::listen(fd, 4096) != 0 ||
      ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    throw std::runtime_error("cannot listen on 127.0.0.1");
  port = ntohs(address.sin_port);
  return fd;
}

}  // namespace kith::load
