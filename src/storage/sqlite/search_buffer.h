// FTS5 gathers the words of a commit in a table that grows with the largest commit there ever was and never shrinks;
// every later commit walks all of it. After a thousand messages in one commit, one alone costs half as much again.
// Reading the schema anew gives the table up. That takes some milliseconds, because all statements are prepared again,
// so it waits until the burst is over.
#pragma once

#include <cstddef>

namespace kith::sqlite {

class SearchBuffer {
 public:
  // After each commit, with how many texts it indexed: whether the table should be given up now.
  bool is_to_be_given_up(std::size_t texts) {
    if (texts >= kBurst) is_large_ = true;
    calm_commits_ = texts > kFew ? 0 : calm_commits_ + 1;
    if (!is_large_ || calm_commits_ < kCalm) return false;
    is_large_ = false;
    return true;
  }

 private:
  static constexpr std::size_t kBurst = 100;  // texts whose words make the table four times as large as it begins
  static constexpr std::size_t kFew = 20;
  static constexpr std::size_t kCalm = 50;

  bool is_large_ = false;
  std::size_t calm_commits_ = 0;
};

}  // namespace kith::sqlite
