#include "load/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
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

pid_t parent_of(pid_t pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  std::getline(file, line);
  // "PID (NAME) STATE PARENT ..."; the name may hold anything.
  const std::size_t name_end = line.rfind(") ");
  return name_end == std::string::npos ? 0 : std::atoi(line.c_str() + name_end + 4);
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

ServerProcess ServerProcess::begin(const std::vector<std::string>& command, std::uint16_t port) {
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
  ServerProcess server(pid, port);
  server.out_ = out[0];
  return server;
}

ServerProcess ServerProcess::run(const std::vector<std::string>& command) {
  ServerProcess server = begin(command, 0);
  server.port_ = read_port(server.out_);
  ::close(std::exchange(server.out_, -1));
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

ServerProcess::ServerProcess(ServerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), port_(other.port_), out_(std::exchange(other.out_, -1)) {}

ServerProcess::~ServerProcess() {
  if (out_ >= 0) ::close(out_);
  if (pid_ <= 0) return;
  ::kill(pid_, SIGTERM);
  for (int i = 0; i < 500; ++i) {
    if (::waitpid(pid_, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill();
}

void ServerProcess::kill() {
  if (pid_ <= 0) return;
  for (pid_t pid : family()) ::kill(pid, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
}

std::vector<pid_t> ServerProcess::family() const {
  std::multimap<pid_t, pid_t> children;
  for (const auto& each : std::filesystem::directory_iterator("/proc"))
    if (pid_t pid = std::atoi(each.path().filename().c_str()); pid > 0) children.emplace(parent_of(pid), pid);
  std::vector<pid_t> all{pid_};
  for (std::size_t i = 0; i < all.size(); ++i)
    for (auto [child, end] = children.equal_range(all[i]); child != end; ++child) all.push_back(child->second);
  return all;
}

double ServerProcess::cpu_seconds() const {
  double sum = 0;
  for (pid_t pid : family()) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) continue;
    sum += static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
  }
  return sum;
}

double ServerProcess::resident_bytes() const {
  double sum = 0;
  for (pid_t pid : family()) sum += smaps_bytes(pid, "Pss:");
  return sum;
}
double ServerProcess::anonymous_bytes() const {
  double sum = 0;
  for (pid_t pid : family()) sum += smaps_bytes(pid, "Pss_Anon:");
  return sum;
}
bool ServerProcess::is_running() const {
  return ::kill(pid_, 0) == 0;
}

bool ServerProcess::has_spoken() const {
  pollfd out{.fd = out_, .events = POLLIN, .revents = 0};
  return ::poll(&out, 1, 0) > 0 && (out.revents & POLLIN) != 0;
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
