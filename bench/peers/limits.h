// What the disk can do, in the same run.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace kith::bench {

// A commit of one message appends about this much to SQLite's log: eight pages with their heads.
constexpr std::size_t kCommitBytes = 8 * (4'096 + 24);

// How often in a second this disk makes so many bytes durable, one write and one fdatasync after the other. At the end
// of a growing file, or in the place of what was there before, as SQLite's log does once it has its size.
enum class Where : std::uint8_t { at_the_end, in_place };
inline double syncs_per_second(const std::filesystem::path& folder, Where where, double seconds) {
  constexpr int kPlaces = 128;
  const std::filesystem::path path = folder / "fdatasync";
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error("cannot write into " + folder.string());
  const std::string bytes(kCommitBytes, 'k');
  auto write = [&](int place) {
    const auto at = static_cast<off_t>(place) * static_cast<off_t>(kCommitBytes);
    if (::pwrite(file, bytes.data(), bytes.size(), at) < 0) throw std::runtime_error("the disk does not write");
  };
  if (where == Where::in_place)
    for (int place = 0; place < kPlaces; ++place) write(place);
  ::fdatasync(file);
  int count = 0;
  const auto begin = std::chrono::steady_clock::now();
  double took = 0;
  while (took < seconds) {
    write(where == Where::in_place ? count % kPlaces : count);
    if (::fdatasync(file) != 0) throw std::runtime_error("the disk does not sync");
    ++count;
    took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  }
  ::close(file);
  std::filesystem::remove(path);
  return count / took;
}

}  // namespace kith::bench
