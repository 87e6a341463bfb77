#include "server/machine_checks.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <vector>

#include <fmt/core.h>

#include "server/certificate.h"

namespace kith {
namespace {

constexpr std::uint64_t kMegabyte = 1 << 20;

Finding ok(std::string about, std::string what) {
  return {Health::ok, std::move(about), std::move(what), {}};
}
Finding warn(std::string about, std::string what, std::string advice) {
  return {Health::warn, std::move(about), std::move(what), std::move(advice)};
}
Finding failed(std::string about, std::string what, std::string advice) {
  return {Health::fail, std::move(about), std::move(what), std::move(advice)};
}

// The time of one write and sync in microseconds, or -1 when the disk said no.
std::int64_t time_one_sync(int file, const Clock& clock) {
  const std::string page(4096, 'k');
  const auto before = clock.steady();
  if (::pwrite(file, page.data(), page.size(), 0) != static_cast<ssize_t>(page.size())) return -1;
  if (::fdatasync(file) != 0) return -1;
  return (clock.steady() - before).count();
}

struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
};

Address socket_address(const Endpoint& endpoint) {
  Address address;
  if (endpoint.address.find(':') == std::string::npos) {
    auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
    v4->sin_family = AF_INET;
    v4->sin_port = htons(endpoint.port);
    inet_pton(AF_INET, endpoint.address.c_str(), &v4->sin_addr);
    address.length = sizeof(sockaddr_in);
  } else {
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(endpoint.port);
    inet_pton(AF_INET6, endpoint.address.c_str(), &v6->sin6_addr);
    address.length = sizeof(sockaddr_in6);
  }
  return address;
}

// 0 when the address is free, else the errno of trying.
int try_to_bind(const Endpoint& endpoint) {
  Address address = socket_address(endpoint);
  const int made = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (made < 0) return errno;
  int yes = 1;
  ::setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const int error = ::bind(made, reinterpret_cast<sockaddr*>(&address.storage), address.length) == 0 ? 0 : errno;
  ::close(made);
  return error;
}

}  // namespace

Finding check_data_directory(const std::filesystem::path& data) {
  const std::string about = "data directory";
  struct stat facts{};
  if (::stat(data.c_str(), &facts) != 0)
    return failed(about, fmt::format("{} is not there", data.string()), "check --data, or start Kith once to make it");
  if (!S_ISDIR(facts.st_mode))
    return failed(about, data.string() + " is not a directory", "choose a directory with --data");
  if (::access(data.c_str(), R_OK | W_OK | X_OK) != 0)
    return failed(about, data.string() + " cannot be written by this account", "run as the account that runs Kith");
  if ((facts.st_mode & 077) != 0)
    return warn(about, fmt::format("others on this machine may look into {}", data.string()),
                fmt::format("chmod 700 {}", data.string()));
  return ok(about, data.string());
}

Finding check_secret_key(const std::filesystem::path& key_file) {
  const std::string about = "secret key";
  struct stat facts{};
  if (::stat(key_file.c_str(), &facts) != 0)
    return warn(about, "not made yet", "start Kith once; if this is a restored house, copy secret.key from the backup");
  if ((facts.st_mode & 077) != 0)
    return failed(about, "others on this machine can read it", fmt::format("chmod 600 {}", key_file.string()));
  return ok(about, "there, and only this account can read it");
}

Finding check_disk_space(const std::filesystem::path& data) {
  const std::string about = "disk space";
  struct statvfs facts{};
  if (::statvfs(data.c_str(), &facts) != 0) return failed(about, std::strerror(errno), "check the disk");
  const std::uint64_t free = facts.f_bavail * facts.f_frsize;
  const std::uint64_t whole = std::max<std::uint64_t>(1, facts.f_blocks * facts.f_frsize);
  const std::string what = fmt::format("{} MB free of {} MB", free / kMegabyte, whole / kMegabyte);
  if (free < 100 * kMegabyte)
    return failed(about, what, "make room now: Kith refuses new messages when the disk is full");
  if (free < 1024 * kMegabyte || free * 20 < whole)
    return warn(about, what, "make room soon, or move the data directory");
  return ok(about, what);
}

Finding check_disk_speed(const std::filesystem::path& data, const Clock& clock) {
  const std::string about = "disk speed";
  const auto path = data / fmt::format("doctor-{}.tmp", ::getpid());
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return failed(about, std::strerror(errno), "check that this account may write in the data directory");
  std::vector<std::int64_t> times;
  for (int i = 0; i < 15; ++i) times.push_back(time_one_sync(file, clock));
  ::close(file);
  ::unlink(path.c_str());
  std::sort(times.begin(), times.end());
  if (times.front() < 0) return failed(about, "the disk refused to keep a test file", "check the disk and its cables");
  const double middle = static_cast<double>(times[times.size() / 2]) / 1000;
  const std::string what = fmt::format("{:.1f} ms until a write is safe", middle);
  if (middle > 25) return warn(about, what, "every message waits this long; a solid-state disk would feel better");
  return ok(about, what);
}

Finding check_clock(const Clock& clock) {
  const std::string about = "clock";
  const std::string now = format_time(clock.now()).substr(0, 19) + "Z";
  constexpr std::int64_t kYear2026 = 1'767'225'600'000'000;
  if (clock.now().us < kYear2026) return failed(about, now + " is in the past", "set the machine's clock");
  struct timex facts{};
  if (::adjtimex(&facts) == TIME_ERROR || (facts.status & STA_UNSYNC) != 0)
    return warn(about, now + ", not kept in step with a time server",
                "turn on time synchronisation (systemd-timesyncd, chrony)");
  return ok(about, now + ", in step with a time server");
}

Finding check_open_files(std::int64_t max_connections) {
  const std::string about = "open files";
  struct rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  const std::string what = fmt::format("at most {}", limit.rlim_max);
  if (limit.rlim_max < 256) return failed(about, what, "raise the limit (ulimit -n, LimitNOFILE= in the unit)");
  if (limit.rlim_max < static_cast<rlim_t>(max_connections) + 128)
    return warn(about, fmt::format("{}, fewer than the {} connections allowed", what, max_connections),
                "raise the limit (ulimit -n, LimitNOFILE= in the unit), or lower limits.connections");
  return ok(about, what);
}

Finding check_listen(const Config& config, bool is_serving) {
  const std::string about = "address";
  auto endpoint = check_for_serving(config);
  if (!endpoint) return failed(about, endpoint.error().detail, "see docs/running.md");
  if (is_serving) return ok(about, "Kith is serving from this data directory");
  const int error = try_to_bind(*endpoint);
  if (error == 0) return ok(about, endpoint->text() + " is free");
  return failed(about, fmt::format("{}: {}", endpoint->text(), std::strerror(error)),
                error == EACCES ? "ports below 1024 need CAP_NET_BIND_SERVICE, or use a higher port behind a proxy"
                                : "stop what uses it, or choose another with --listen");
}

Finding check_certificate(const Config& config, const Clock& clock) {
  const std::string about = "certificate";
  if (!config.uses_tls())
    return ok(about, config.behind_proxy ? "left to the proxy in front" : "none needed for this machine only");
  auto facts = look_at_certificate(config.tls_certificate, config.tls_key);
  if (!facts) return failed(about, facts.error().detail, "clients cannot connect until this is right");
  const auto left = facts->not_after - clock.now();
  const auto days = std::chrono::duration_cast<std::chrono::days>(left).count();
  const std::string what = fmt::format("good until {}", format_time(facts->not_after).substr(0, 10));
  if (left.count() <= 0)
    return failed(about, "ran out on " + format_time(facts->not_after).substr(0, 10), "renew it now");
  if (days < 21)
    return warn(about, fmt::format("{}, {} days left", what, days), "renew it; Kith takes the new files by itself");
  return ok(about, what);
}

}  // namespace kith
