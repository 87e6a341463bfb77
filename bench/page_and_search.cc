// How long a reader waits while 500 messages a second are written: for a page of 50 entries, and for the newest 20 hits
// of a word, of two words, of a four-letter beginning. One line each. --entries N, --seconds N (each line).
#include <atomic>
#include <functional>
#include <thread>

#include "store_bench.h"

using namespace kith;
using namespace kith::bench;

namespace {

// 500 a second, in groups of five, from a thread of their own.
class Writing {
 public:
  explicit Writing(BenchHouse& house) : thread_([this, &house] { run(house); }) {}
  ~Writing() {
    is_over_ = true;
    thread_.join();
  }
  Writing(const Writing&) = delete;
  Writing& operator=(const Writing&) = delete;

 private:
  void run(BenchHouse& house) {
    for (auto next = std::chrono::steady_clock::now(); !is_over_; next += std::chrono::milliseconds(10)) {
      std::this_thread::sleep_until(next);
      house.write_group(5);
    }
  }
  std::atomic<bool> is_over_ = false;
  std::thread thread_;
};

struct Question {
  const char* name;
  double p99_target_ms;
  std::function<std::size_t(const Snapshot&)> ask;  // how many it found
};

void run(Reader& reader, const Question& question, std::size_t entries, double seconds, double fdatasyncs) {
  std::vector<double> milliseconds;
  std::size_t found = 0;
  const auto start = std::chrono::steady_clock::now();
  while (seconds_since(start) < seconds) {
    const auto asked = std::chrono::steady_clock::now();
    auto read = reader.read([&](const Snapshot& now) { found += question.ask(now); });
    if (!read) give_up(read.error().detail);
    milliseconds.push_back(seconds_since(asked) * 1e3);
  }
  const double mean_found = static_cast<double>(found) / static_cast<double>(milliseconds.size());
  const double p50 = percentile(milliseconds, 0.50);
  const double p99 = percentile(milliseconds, 0.99);
  fmt::print(
      "page_and_search what={} entries={} p50_ms={:.3f} p99_ms={:.3f} target_p99_ms={} asked={} found_each={:.1f} "
      "fdatasyncs_per_second={:.0f}\n",
      question.name, entries, p50, p99, question.p99_target_ms, milliseconds.size(), mean_found, fdatasyncs);
  std::fflush(stdout);
}

std::size_t hits(const Snapshot& now, std::string words) {
  auto found = now.search().entries({.words = std::move(words), .limit = 20});
  return found ? found->size() : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t entries = number_option(argc, argv, "--entries", 1'000'000);
  const auto seconds = static_cast<double>(number_option(argc, argv, "--seconds", 5));
  const ScratchFolder scratch;
  const double fdatasyncs = fdatasyncs_per_second(scratch.path());
  BenchHouse house(scratch.path(), 20'000);
  const auto start = std::chrono::steady_clock::now();
  house.fill(entries, 1000);
  fmt::print("page_and_search what=fill entries={} seconds={:.0f} fdatasyncs_per_second={:.0f}\n", entries,
             seconds_since(start), fdatasyncs);

  Texts asked(1);  // the same words as those written; the writer has its own
  auto reader = house.store().open_reader();
  if (!reader) give_up(reader.error().detail);
  const std::vector<ConversationId> conversations = house.conversations();
  auto some_word = [&](std::size_t least_rank, std::size_t ranks) {
    return asked.word(least_rank + asked.random().below(ranks));
  };
  const bool is_huge = entries > 5'000'000;
  const double word_target = is_huge ? 20 : 5;
  auto beginning = [&] { return some_word(100, 20'000).substr(0, 4); };
  const std::vector<Question> questions = {
      {"page_of_50", 2,
       [&](const Snapshot& now) {
         const ConversationId one[] = {conversations[asked.random().below(conversations.size())]};
         auto page = now.entries().page(one, std::nullopt, 50);
         return page ? page->size() : 0;
       }},
      // Quoted: the whole word, not its beginning.
      {"search_frequent_word", word_target,
       [&](const Snapshot& now) { return hits(now, '"' + some_word(0, 100) + '"'); }},
      {"search_middle_word", word_target,
       [&](const Snapshot& now) { return hits(now, '"' + some_word(100, 2000) + '"'); }},
      {"search_rare_word", word_target,
       [&](const Snapshot& now) { return hits(now, '"' + some_word(2000, 28'000) + '"'); }},
      {"search_two_words", word_target,
       [&](const Snapshot& now) { return hits(now, '"' + some_word(0, 500) + "\" \"" + some_word(100, 2000) + '"'); }},
      {"search_four_letters", is_huge ? 100 : 20.0, [&](const Snapshot& now) { return hits(now, beginning()); }},
      {"search_in_a_conversation", word_target,
       [&](const Snapshot& now) {
         auto found = now.search().entries(
             {.words = some_word(0, 500), .strands = {conversations[asked.random().below(conversations.size())]}});
         return found ? found->size() : 0;
       }},
  };
  const Writing writing(house);
  for (const Question& question : questions) run(**reader, question, entries, seconds, fdatasyncs);
}
