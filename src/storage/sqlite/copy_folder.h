// The folder into which a copy of the database follows every commit, and the way back from it:
//   generations/000007/            one whole copy; NNNNNN.partial while it is being made
//     base.db                      the database as it was when the generation began
//     log-000001                   what was committed since: SQLite's own log, header and frames, copied as they are
//     log-000002-after-8123        the next log, which begins where the first one had 8123 frames
//     whole                        how many frames of the first log the base needs to be consistent
// A later generation begins where the one before it ends. Files people sent and the secret key lie beside, see
// server/house_copy.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace kith {

// Whether this looks like a folder that a copy follows into.
bool is_copy_folder(const std::filesystem::path& folder);

struct SeenCopy {
  std::int64_t generation = 0;
  std::int64_t whole_generations = 0;
  std::int64_t frames = 0;  // pages committed since the base
  Time changed_at;          // when something was last added
  std::string but;          // what cannot be used, when there is such a thing
};

// Reads every log of the newest generation and compares its sums. not_found when there is no whole generation.
Result<SeenCopy> look_at_copy(const std::filesystem::path& folder);

struct RebuiltCopy {
  std::int64_t generation = 0;
  std::int64_t newest_seq = 0;
  Time newest_word;  // when the newest entry was written
  std::string but;   // what could not be used, when there is such a thing
};

// Makes the database `target`, which must not exist, from the newest generation that can be used, up to its last whole
// commit. Its pages and references are checked; check_database() looks deeper.
Result<RebuiltCopy> rebuild_from_copy(const std::filesystem::path& folder, const std::filesystem::path& target);

namespace sqlite {

struct GenerationFolder {
  std::int64_t number = 0;
  std::filesystem::path path;
};
// Whole ones, oldest first; none when the folder is not there. All of them or an error.
Result<std::vector<GenerationFolder>> whole_generations(const std::filesystem::path& folder);
std::filesystem::path generations_of(const std::filesystem::path& folder);
std::filesystem::path partial_generation(const std::filesystem::path& folder, std::int64_t number);
std::filesystem::path whole_generation(const std::filesystem::path& folder, std::int64_t number);
std::string log_name(std::int64_t number, std::int64_t frames_before);

inline constexpr const char* kBaseName = "base.db";
inline constexpr const char* kWholeName = "whole";

}  // namespace sqlite
}  // namespace kith
