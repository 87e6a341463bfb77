// The real `kith` on a scratch directory, with one inbox and as many visitors as a bench needs.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "load/server_process.h"

namespace kith::load {

class House {
 public:
  // `kith`: the binary. `folder`: where the scratch directory is made, on the disk that is to be measured. `furnish`
  // gets the data directory before anybody serves from it.
  House(const std::string& kith, const std::filesystem::path& folder,
        const std::function<void(const std::filesystem::path& data)>& furnish = {});
  ~House();
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  // Begins so many visits; their tokens.
  std::vector<std::string> begin_visits(std::size_t count);

  // The token of a program that may read every conversation; while the house serves.
  std::string admit_reader();

  // kill -9; start() runs it again on what is there. With kill_and_clear() nothing is. start_at() does so on this port
  // and does not wait until it serves.
  void kill();
  void kill_and_clear();
  void start();
  void start_at(std::uint16_t port);

  [[nodiscard]] const ServerProcess& server() const { return *server_; }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  [[nodiscard]] std::vector<std::string> serve_at(std::uint16_t port) const;

  std::string kith_;
  std::filesystem::path folder_;
  std::string inbox_;
  std::unique_ptr<ServerProcess> server_;
};

// Where `make bench` finds things: KITH_BINARY (build/release/kith) and KITH_BENCH_FOLDER (run/bench).
std::string kith_binary();
std::filesystem::path bench_folder();

}  // namespace kith::load
