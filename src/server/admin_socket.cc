#include "server/admin_socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "base/text.h"

namespace kith {
namespace {

constexpr std::size_t kLongestLine = 1 << 20;
constexpr int kPatienceMs = 5'000;  // for the other side to say its line

class File {
 public:
  explicit File(int number) : number_(number) {}
  ~File() {
    if (number_ >= 0) ::close(number_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

// A socket's path may have 107 bytes only, so it is named through its open directory.
struct SocketName {
  File directory;
  sockaddr_un address{};

  explicit SocketName(const std::filesystem::path& path)
      : directory(::open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)) {
    address.sun_family = AF_UNIX;
    const std::string name = fmt::format("/proc/self/fd/{}/{}", directory.number(), path.filename().string());
    std::strncpy(address.sun_path, name.c_str(), sizeof address.sun_path - 1);
  }
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

constexpr int kNobody = -1;  // a file that never has anything to read

// False when time is up, or when `wake` has something to read.
bool wait_to_read(int file, int patience_ms, int wake) {
  pollfd waits[] = {{file, POLLIN, 0}, {wake, POLLIN, 0}};
  return ::poll(waits, 2, patience_ms) > 0 && waits[1].revents == 0;
}

std::optional<std::string> read_line(int file, int patience_ms, int wake = kNobody) {
  std::string line;
  char piece[4096];
  while (line.size() < kLongestLine && wait_to_read(file, patience_ms, wake)) {
    const auto got = ::read(file, piece, sizeof piece);
    if (got <= 0) return std::nullopt;
    line.append(piece, static_cast<std::size_t>(got));
    if (line.back() != '\n') continue;
    line.pop_back();
    return line;
  }
  return std::nullopt;
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(file, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool is_owner_or_root(int connection) {
  ucred peer{};
  socklen_t length = sizeof peer;
  if (::getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return false;
  return peer.uid == 0 || peer.uid == ::geteuid();
}

std::string join(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + ("." + base64url(word));
  return line + "\n";
}

std::optional<std::vector<std::string>> split(std::string_view line) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const auto space = line.find(' ');
    const std::string_view encoded = line.substr(0, space);
    std::string word;
    if (!encoded.starts_with('.') || !read_base64url(encoded.substr(1), word)) return std::nullopt;
    words.push_back(std::move(word));
    line = space == std::string_view::npos ? std::string_view{} : line.substr(space + 1);
  }
  return words;
}

std::optional<int> number_of(const std::string& text) {
  int number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Error errno_error(const char* what, const std::filesystem::path& path) {
  return {Errc::unavailable, fmt::format("Cannot {} {}: {}.", what, path.string(), std::strerror(errno)), {}};
}

}  // namespace

std::string write_admin_line(const AdminCommand& command) {
  std::vector<std::string> words = {command.act,
                                    command.email,
                                    command.called,
                                    command.as_leader ? "1" : "0",
                                    command.reads_password ? "1" : "0",
                                    command.password,
                                    command.forgets_second_factor ? "1" : "0",
                                    command.name,
                                    std::to_string(command.days),
                                    std::to_string(command.scopes.size())};
  words.insert(words.end(), command.scopes.begin(), command.scopes.end());
  words.insert(words.end(), command.origins.begin(), command.origins.end());
  return join(words);
}

std::optional<AdminCommand> read_admin_line(std::string_view line) {
  auto words = split(line);
  constexpr std::size_t kFixed = 10;
  if (!words || words->size() < kFixed) return std::nullopt;
  const auto& w = *words;
  const auto days = number_of(w[8]);
  const auto scopes = number_of(w[9]);
  if (!days || !scopes || *scopes < 0 || kFixed + static_cast<std::size_t>(*scopes) > w.size()) return std::nullopt;
  const auto first_origin = w.begin() + static_cast<std::ptrdiff_t>(kFixed) + *scopes;
  AdminCommand command;
  command.act = w[0];
  command.email = w[1];
  command.called = w[2];
  command.as_leader = w[3] == "1";
  command.reads_password = w[4] == "1";
  command.password = w[5];
  command.forgets_second_factor = w[6] == "1";
  command.name = w[7];
  command.days = *days;
  command.scopes.assign(w.begin() + static_cast<std::ptrdiff_t>(kFixed), first_origin);
  command.origins.assign(first_origin, w.end());
  return command;
}

std::string write_answer_line(const AdminAnswer& answer) {
  return join({std::to_string(answer.status), answer.text});
}

std::optional<AdminAnswer> read_answer_line(std::string_view line) {
  auto words = split(line);
  if (!words || words->size() != 2) return std::nullopt;
  const auto status = number_of((*words)[0]);
  if (!status) return std::nullopt;
  return AdminAnswer{*status, (*words)[1]};
}

Result<std::unique_ptr<AdminSocket>> AdminSocket::open(const std::filesystem::path& path, Answerer answer, Log& log) {
  File listening(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  File wake(::eventfd(0, EFD_CLOEXEC));
  if (listening.number() < 0 || wake.number() < 0) return std::unexpected(errno_error("open", path));
  ::unlink(path.c_str());
  const SocketName name(path);
  if (::bind(listening.number(), name.get(), sizeof name.address) != 0)
    return std::unexpected(errno_error("make", path));
  // Nobody can connect before listen(), so there is no moment in which it is open to others.
  if (::chmod(path.c_str(), 0600) != 0 || ::listen(listening.number(), 8) != 0)
    return std::unexpected(errno_error("open", path));
  return std::unique_ptr<AdminSocket>(
      new AdminSocket(listening.release(), wake.release(), path, std::move(answer), log));
}

AdminSocket::AdminSocket(int listening, int wake, std::filesystem::path path, Answerer answer, Log& log)
    : listening_(listening), wake_(wake), path_(std::move(path)), answer_(std::move(answer)), log_(log) {
  thread_ = std::thread([this] { answer_until_stopped(); });
}

AdminSocket::~AdminSocket() {
  const std::uint64_t one = 1;
  [[maybe_unused]] auto written = ::write(wake_, &one, sizeof one);
  thread_.join();
  ::unlink(path_.c_str());
  ::close(listening_);
  ::close(wake_);
}

void AdminSocket::answer_until_stopped() {
  while (true) {
    pollfd waits[] = {{listening_, POLLIN, 0}, {wake_, POLLIN, 0}};
    if (::poll(waits, 2, -1) < 0 && errno != EINTR) return;
    if (waits[1].revents != 0) return;
    if (waits[0].revents == 0) continue;
    const File connection(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.number() >= 0 && is_owner_or_root(connection.number())) answer_one(connection.number());
  }
}

void AdminSocket::answer_one(int connection) {
  const auto line = read_line(connection, kPatienceMs, wake_);
  if (!line) return;
  const auto command = read_admin_line(*line);
  const AdminAnswer answer =
      command ? answer_(*command)
              : AdminAnswer{2, "The command and the house that serves do not understand each other.\n"};
  if (!write_all(connection, write_answer_line(answer))) log_.warning("admin_answer_lost");
}

Result<AdminAnswer> ask_serving_house(const std::filesystem::path& path, const AdminCommand& command) {
  const File connection(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const SocketName name(path);
  if (::connect(connection.number(), name.get(), sizeof name.address) != 0)
    return std::unexpected(errno_error("reach the Kith that serves through", path));
  if (!write_all(connection.number(), write_admin_line(command)))
    return fail(Errc::unavailable, "The Kith that serves hung up.");
  constexpr int kAnHour = 3'600'000;  // copying a large database takes its time
  const auto line = read_line(connection.number(), kAnHour);
  auto answer = line ? read_answer_line(*line) : std::nullopt;
  if (!answer) return fail(Errc::unavailable, "The Kith that serves gave no answer. Its log may say why.");
  return *answer;
}

}  // namespace kith
