#include "load/house.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/random.h"
#include "base/text.h"
#include "load/swarm.h"

namespace kith::load {
namespace {

constexpr std::size_t kBeginningAtOnce = 32;

std::string first_uuid(std::string_view text) {
  for (std::size_t at = 0; at + 36 <= text.size(); ++at)
    if (parse_uuid(text.substr(at, 36))) return std::string(text.substr(at, 36));
  throw std::runtime_error("kith admin named no inbox");
}

std::string output_of(const std::string& command) {
  std::unique_ptr<FILE, int (*)(FILE*)> pipe(::popen(command.c_str(), "r"), ::pclose);
  std::string output;
  std::array<char, 512> bytes;
  while (std::size_t got = pipe ? std::fread(bytes.data(), 1, bytes.size(), pipe.get()) : 0)
    output.append(bytes.data(), got);
  return output;
}

class Beginning : public HttpSwarm {
 public:
  Beginning(std::uint16_t port, const std::string& inbox, std::size_t count)
      : HttpSwarm(port, std::min(count, kBeginningAtOnce)), inbox_(inbox), count_(count) {}

  std::vector<std::string> run() {
    connect_all();
    for (std::size_t client = 0; client < size(); ++client) begin_next(client);
    if (!run_until([&] { return begun_ == count_; })) throw std::runtime_error("visits did not begin");
    return std::move(tokens_);
  }

 protected:
  void answered(std::size_t client, int status, std::string_view body) override {
    if (status != 201) throw std::runtime_error(fmt::format("a visit did not begin: {} {}", status, body));
    ++begun_;
    begin_next(client);
  }

 private:
  void begin_next(std::size_t client) {
    if (tokens_.size() == count_) return;
    std::string secret(32, '\0');
    random_.fill({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
    tokens_.push_back(base64url(secret));
    std::string id = format_uuid(make_uuid7(clock_.now(), random_));
    request(client, "POST", "/api/visitor/sessions", {},
            fmt::format(R"({{"id":"{}","inbox":"{}","token":"{}"}})", id, inbox_, tokens_.back()));
  }

  std::string inbox_;
  std::size_t count_;
  std::size_t begun_ = 0;
  std::vector<std::string> tokens_;
  SystemClock clock_;
  SystemRandom random_;
};

}  // namespace

House::House(const std::string& kith, const std::filesystem::path& folder,
             const std::function<void(const std::filesystem::path& data)>& furnish)
    : kith_(kith), folder_(folder / fmt::format("house-{}", ::getpid())) {
  std::filesystem::remove_all(folder_);
  std::filesystem::create_directories(folder_);
  const std::string data = (folder_ / "data").string();
  inbox_ = first_uuid(output_of(fmt::format("'{}' admin create-inbox --data '{}' --name Bench", kith, data)));
  if (furnish) furnish(data);
  // Rates are for strangers; one machine plays all the visitors here.
  for (const char* name : {"KITH_VISITOR_REQUESTS_PER_MINUTE", "KITH_ADDRESS_REQUESTS_PER_MINUTE"})
    ::setenv(name, "100000000", 1);
  for (const char* name : {"KITH_CONNECTIONS", "KITH_CONNECTIONS_PER_ADDRESS"}) ::setenv(name, "19000", 1);
  ::setenv("KITH_LOG_LEVEL", "warning", 1);
  ::setenv("KITH_METRICS_FOR", "127.0.0.1,127.0.1.1", 1);  // where the load comes from
  start();
}

std::vector<std::string> House::serve_at(std::uint16_t port) const {
  return {kith_, "serve", "--data", (folder_ / "data").string(), "--listen", fmt::format("127.0.0.1:{}", port)};
}

void House::start() {
  server_ = std::make_unique<ServerProcess>(ServerProcess::run(serve_at(0)));
}

void House::start_at(std::uint16_t port) {
  server_ = std::make_unique<ServerProcess>(ServerProcess::begin(serve_at(port), port));
}

std::string House::admit_reader() {
  const std::string said =
      output_of(fmt::format("'{}' admin create-token --data '{}' --name Bench --scope read-conversations", kith_,
                            (folder_ / "data").string()));
  const std::size_t begin = said.find("kith_pat_");
  if (begin == std::string::npos) throw std::runtime_error("kith admin made no token");
  return said.substr(begin, said.find_first_of(" \n", begin) - begin);
}

void House::kill() {
  server_->kill();
}

void House::kill_and_clear() {
  kill();
  std::filesystem::remove_all(folder_ / "data");
}

House::~House() {
  server_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::vector<std::string> House::begin_visits(std::size_t count) {
  return Beginning(port(), inbox_, count).run();
}

std::string kith_binary() {
  const char* named = std::getenv("KITH_BINARY");
  return named != nullptr ? named : "build/release/kith";
}

std::filesystem::path bench_folder() {
  const char* named = std::getenv("KITH_BENCH_FOLDER");
  return named != nullptr ? named : "run/bench";
}

}  // namespace kith::load
