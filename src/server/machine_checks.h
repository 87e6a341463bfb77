// What `kith doctor` looks at on the machine around the house. Each check gives one line for the operator.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "server/config.h"

namespace kith {

enum class Health : std::uint8_t { ok, warn, fail };

struct Finding {
  Health health = Health::ok;
  std::string about;   // "disk space"
  std::string what;    // what was seen
  std::string advice;  // what to do; empty when all is well
};

Finding check_data_directory(const std::filesystem::path& data);
Finding check_secret_key(const std::filesystem::path& key_file);
Finding check_disk_space(const std::filesystem::path& data);
// Writes and syncs a small file a few times: every message waits for one such sync.
Finding check_disk_speed(const std::filesystem::path& data, const Clock& clock);
Finding check_clock(const Clock& clock);
Finding check_open_files(std::int64_t max_connections);
// Whether the address can be taken; `is_serving` says that Kith itself has it.
Finding check_listen(const Config& config, bool is_serving);
Finding check_certificate(const Config& config, const Clock& clock);

}  // namespace kith
