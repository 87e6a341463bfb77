// A disk that changes bytes: many copies of one database, each damaged somewhere from a seed. Whatever was done to a
// copy, opening, reading, searching, checking and writing end well, and every conversation that can be read is the one
// that was written; where the last commits are gone, all of them are as of one and the same earlier commit.
// KITH_COPIES=1000 takes as many (make soak), KITH_SEED=N draws the same damage again.
#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <ranges>

#include "base/damaged.h"
#include "storage/sqlite/sqlite_test_house.h"

namespace kith::sqlite {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPage = 4096;
constexpr int kConversations = 24;

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

struct Strand {
  ConversationId conversation;
  PersonId person;
};

// All that a desk shows of one conversation, as one text.
Result<std::string> story_of(const Snapshot& now, const Strand& strand) {
  KITH_TRY(const auto person, now.people().find(strand.person));
  KITH_TRY(const auto conversation, now.conversations().of_person(strand.person));
  const std::vector<ConversationId> strands{conversation.id};
  KITH_TRY(const auto entries, now.entries().page(strands, std::nullopt, 1000));
  KITH_TRY(const auto notes, now.notes().about(std::vector<PersonId>{strand.person}));
  std::string story = person.called + "\n";
  for (const Entry& entry : entries) {
    KITH_TRY(const auto versions, now.entries().versions(entry.id));
    story += fmt::format("{} {} {} {} {}\n", entry.seq, entry.id.text(), entry.at.us,
                         static_cast<int>(entry.author.kind), entry.text);
    for (const EntryVersion& version : versions) story += fmt::format("  {} {}\n", version.version, version.text);
  }
  for (const Note& note : notes) story += fmt::format("note {} {}\n", note.id.text(), note.text);
  return story;
}

Result<std::string> finds(const Snapshot& now, const std::string& words) {
  KITH_TRY(const auto entries, now.search().entries({.words = words, .limit = 1000}));
  std::string found;
  for (const Entry& entry : entries) found += fmt::format("{} ", entry.seq);
  return found;
}

// What was read of a house: the story of every strand, then what is found by some words. Nothing for what could not be
// read.
using Look = std::vector<std::optional<std::string>>;

// Of everything that was read, what is not so in the truth.
int differences(const Look& look, const Look& truth) {
  int different = 0;
  for (std::size_t i = 0; i < look.size(); ++i)
    if (look[i] && look[i] != truth[i]) ++different;
  return different;
}

struct Damaged : SqliteStoreTest {
  const std::uint64_t seed = number_from("KITH_SEED", static_cast<std::uint64_t>(SystemClock().now().us) % 1'000'000);
  SeededRandom chance{seed};
  std::vector<Strand> strands;
  std::vector<Look> truths;  // after each of the commits that may be the last one, the newest last
  int silent = 0, not_opened = 0, seen = 0, unseen = 0, ended_early = 0;

  std::string words(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += fmt::format("word{} ", random.below(400));
    return text;
  }
  Result<EntryId> write_in(Tx& tx, const Strand& strand) {
    Entry entry{.id = tx.new_id<EntryId>()};
    entry.seq = entry.changed_seq = tx.next_seq();
    entry.strand = strand.conversation;
    entry.author.person = strand.person;
    // Most are short, some do not fit on a page.
    entry.text = words(random.below(12) == 0 ? 400 + random.below(3000) : 5 + random.below(40));
    entry.at = tx.now();
    KITH_CHECK(tx.entries().add(entry));
    return entry.id;
  }
  Result<void> invite(Tx& tx) {
    const Strand strand{tx.new_id<ConversationId>(), tx.new_id<PersonId>()};
    KITH_CHECK(tx.people().add(
        {.id = strand.person, .called = "Person " + std::to_string(strands.size()), .created_at = tx.now()}));
    KITH_CHECK(tx.conversations().add({.id = strand.conversation, .person = strand.person, .created_at = tx.now()}));
    KITH_CHECK(tx.notes().add({.id = tx.new_id<NoteId>(),
                               .about = strand.person,
                               .author = strand.person,
                               .text = words(20),
                               .written_at = tx.now(),
                               .changed_seq = tx.next_seq()}));
    strands.push_back(strand);
    return {};
  }
  void keep(std::size_t entries) {
    for (std::size_t i = 0; i < entries; i += 25) {
      ASSERT_TRUE(write_in_group(*store, clock, random, [&](Tx& tx) -> Result<void> {
        for (int each = 0; each < 25; ++each) {
          KITH_TRY(const EntryId id, write_in(tx, strands[random.below(strands.size())]));
          if (each % 9 != 0) continue;
          KITH_CHECK(tx.entries().add_version({.act = tx.new_id<ActId>(),
                                               .entry = id,
                                               .version = 2,
                                               .seq = tx.next_seq(),
                                               .text = words(10),
                                               .at = tx.now()}));
        }
        return {};
      }));
    }
  }
  void furnish() {
    ASSERT_TRUE(open());
    ASSERT_TRUE(write_in_group(*store, clock, random, [&](Tx& tx) -> Result<void> {
      strands.clear();
      for (int i = 0; i < kConversations; ++i) KITH_CHECK(invite(tx));
      return {};
    }));
    keep(1600);
    learn_the_truth();
  }
  void learn_the_truth() {
    truths.push_back(look_at(*store, [&](const Snapshot& now) { return look_around(now); }));
  }
  // A house that was killed with commits in its log: the truth after each of them is known.
  void furnish_with_a_log(int commits) {
    furnish();
    ASSERT_TRUE(open());
    for (int i = 0; i < commits; ++i) {
      keep(25);
      learn_the_truth();
    }
  }
  Look look_around(const Snapshot& now) {
    Look look;
    const auto note = [&](Result<std::string> read) {
      if (!read) EXPECT_EQ(read.error().code, Errc::unavailable) << read.error().detail;
      look.push_back(read ? std::optional(*std::move(read)) : std::nullopt);
    };
    for (const Strand& strand : strands) note(story_of(now, strand));
    for (const char* word : {"word7", "word42", "word3 word9", "word399"}) note(finds(now, word));
    return look;
  }

  // Copies of a house that was stopped (only the file) or killed (the file and its log).
  fs::path copy_of(bool with_log) {
    const fs::path to = folder / "copy";
    fs::remove_all(to);
    fs::create_directory(to);
    fs::copy_file(folder / "kith.db", to / "kith.db");
    if (with_log) fs::copy_file(folder / "kith.db-wal", to / "kith.db-wal");
    return to / "kith.db";
  }

  // ---- what a disk does

  std::uint64_t pages(const fs::path& path) { return fs::file_size(path) / kPage; }
  void overwrite(const fs::path& path, std::uint64_t at, const std::string& bytes) {
    std::fstream out(path, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(static_cast<std::streamoff>(at));
    out << bytes;
  }
  std::string read(const fs::path& path, std::uint64_t at, std::size_t count) {
    std::ifstream in(path, std::ios::binary);
    in.seekg(static_cast<std::streamoff>(at));
    std::string bytes(count, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(count));
    return bytes;
  }
  void flip(const fs::path& path, std::uint64_t from, std::uint64_t until, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t at = from + chance.below(until - from);
      std::string byte = read(path, at, 1);
      byte[0] = static_cast<char>(byte[0] ^ static_cast<char>(1 + chance.below(255)));
      overwrite(path, at, byte);
    }
  }
  std::string damage(const fs::path& path) {
    const auto size = fs::file_size(path);
    switch (chance.below(8)) {
      case 0:
        flip(path, 0, 100, 1 + chance.below(3));
        return "the header";
      case 1:
        fs::resize_file(path, chance.below(size));
        return "cut off";
      case 2:
        overwrite(path, chance.below(pages(path)) * kPage, std::string(kPage, '\0'));
        return "a page of zeros";
      case 3: {
        const std::uint64_t from = chance.below(pages(path)) * kPage;
        overwrite(path, chance.below(pages(path)) * kPage, read(path, from, kPage));
        return "a page in the place of another";
      }
      case 4:
        overwrite(path, chance.below(size / 512) * 512, std::string(512, static_cast<char>(chance.below(256))));
        return "a sector of the same byte";
      default: {
        const std::uint64_t count = 1 + chance.below(chance.below(4) == 0 ? 200 : 6);
        flip(path, 0, size, count);
        return fmt::format("{} bytes", count);
      }
    }
  }

  // ---- what must hold

  // When the last commits were not whole, everything may be as it was after an earlier one: all of it after the same.
  int silently_wrong(const Look& look, bool may_end_early) {
    int wrong = differences(look, truths.back());
    if (!may_end_early) return wrong;
    for (const Look& earlier : truths) wrong = std::min(wrong, differences(look, earlier));
    return wrong;
  }
  void read_all(SqliteStore& copy, bool may_end_early) {
    auto reader = copy.open_reader();
    if (!reader) return;
    Look look;
    const auto looked = (*reader)->read([&](const Snapshot& now) { look = look_around(now); });
    silent += silently_wrong(look, may_end_early);
    if (may_end_early && differences(look, truths.back()) > 0) ++ended_early;
    const bool failed = !looked || std::ranges::any_of(look, [](const auto& one) { return !one; });
    ++(failed ? seen : unseen);
    if (failed && looked) EXPECT_GT(copy.damaged_pages(), 0);
  }
  void write_one(SqliteStore& copy) {
    auto written = write_in_group(copy, clock, random, [&](Tx& tx) { return write_in(tx, strands.front()); });
    if (written) return;
    auto again = write_in_group(copy, clock, random, [&](Tx& tx) { return write_in(tx, strands.back()); });
    EXPECT_FALSE(again) << "after damage nothing is taken until the store is opened anew";
  }
  // `file`: what was damaged. A log may be damaged in its last commit, which looks as after a power cut: that is said.
  void survive(const fs::path& database, bool deeply) {
    lines.clear();
    auto copy = SqliteStore::open(database, log, options);
    const bool was_told_of_the_end = lines.find("log_ends_torn") != std::string::npos;
    if (!copy) {
      ++not_opened;
      EXPECT_FALSE(copy.error().detail.empty());
    } else {
      read_all(**copy, was_told_of_the_end);
      const bool has_met = (*copy)->damaged_pages() > 0;
      if (deeply) {
        const auto checked = (*copy)->check(CheckDepth::deep);
        EXPECT_FALSE(has_met && checked) << "what was come across is found by the doctor, too";
      }
      write_one(**copy);
      copy->reset();
    }
    if (deeply) [[maybe_unused]]
      auto checked = check_database(database, CheckDepth::deep);
  }
  void report(const char* what) {
    std::printf(
        "%s, seed %llu: %d not opened, %d with an error when read, %d without, %d without the last commits, %d "
        "silently wrong\n",
        what, static_cast<unsigned long long>(seed), not_opened, seen, unseen, ended_early, silent);
  }
};

TEST_F(Damaged, DatabasesAreNeverSilentlyWrong) {
  const std::uint64_t copies = number_from("KITH_COPIES", 100);
  furnish();
  store.reset();
  ASSERT_GT(fs::file_size(file()), 1U << 20);
  for (std::uint64_t i = 0; i < copies; ++i) {
    const fs::path copy = copy_of(false);
    const std::string what = damage(copy);
    const int before = silent;
    survive(copy, i % 4 == 0);
    ASSERT_EQ(silent, before) << "copy " << i << " (" << what << "), replay with KITH_SEED=" << seed;
  }
  report("databases");
  EXPECT_GT(seen + not_opened, 0);
}

TEST_F(Damaged, LogsAreNeverSilentlyWrong) {
  const std::uint64_t copies = number_from("KITH_COPIES", 100) / 2;
  furnish_with_a_log(20);
  ASSERT_GT(fs::file_size(folder / "kith.db-wal"), 100U * kPage);
  for (std::uint64_t i = 0; i < copies; ++i) {
    const fs::path copy = copy_of(true);
    const fs::path damaged_log = fs::path(copy) += "-wal";
    const auto size = fs::file_size(damaged_log);
    const std::uint64_t where = chance.below(6);
    // The header, the last commits, or anywhere.
    flip(damaged_log, where == 1 ? size - size / 20 : 0, where == 0 ? 32 : size, 1 + chance.below(5));
    const int before = silent;
    survive(copy, i % 4 == 0);
    ASSERT_EQ(silent, before) << "copy " << i << ", replay with KITH_SEED=" << seed;
  }
  report("logs");
  EXPECT_GT(not_opened, 0);
}

TEST_F(Damaged, ALogWhoseLastCommitIsTornIsTheCommitBeforeAsAWhole) {
  furnish_with_a_log(3);
  for (int i = 0; i < 6; ++i) {
    const fs::path copy = copy_of(true);
    const fs::path torn = fs::path(copy) += "-wal";
    const auto size = fs::file_size(torn);
    flip(torn, size - 3 * kPage, size, 1);
    survive(copy, false);
    ASSERT_EQ(silent, 0) << "copy " << i << ", replay with KITH_SEED=" << seed;
  }
  // A byte that says where a commit ends looks as if one more had followed: such a log is refused.
  EXPECT_EQ(ended_early + not_opened, 6);
  EXPECT_GT(ended_early, 0);
}

TEST_F(Damaged, PartsOfTwoCommitsAreNoEarlierCommit) {
  furnish_with_a_log(2);
  for (const Look& truth : truths) EXPECT_EQ(silently_wrong(truth, true), 0);
  EXPECT_GT(silently_wrong(truths.front(), false), 0);
  // The oldest and the newest agree in strands that nobody wrote in meanwhile; at the least they find other words.
  Look mixed = truths.front();
  const std::size_t half = mixed.size() / 2;
  std::ranges::copy(truths.back() | std::views::drop(half), mixed.begin() + static_cast<std::ptrdiff_t>(half));
  EXPECT_GT(silently_wrong(mixed, true), 0);
  Look changed = truths.front();
  changed.front()->append("a word nobody wrote");
  EXPECT_GT(silently_wrong(changed, true), 0);
}

TEST_F(Damaged, LogsThatChangeUnderTheFeetOfTheHouseAreNoticed) {
  given_a_conversation();
  ASSERT_TRUE(say("something else"));
  ASSERT_TRUE(say("I never said Tuesday"));
  const fs::path log_path = folder / "kith.db-wal";
  const std::string bytes = read(log_path, 0, fs::file_size(log_path));
  std::size_t at = 0;
  for (std::size_t next = bytes.find("Tuesday"); next != std::string::npos; next = bytes.find("Tuesday", next + 1)) {
    overwrite(log_path, next, "Friday!");
    at = next;
  }
  ASSERT_GT(at, 0U);
  auto reader = store->open_reader();
  ASSERT_TRUE(reader);
  ASSERT_TRUE((*reader)->read([&](const Snapshot& now) {
    auto entries = now.entries().after({}, 0, SIZE_MAX);
    ASSERT_FALSE(entries);
    EXPECT_EQ(entries.error().field, kDamaged);
  }));
  EXPECT_EQ(store->damaged_pages(), 1);
}

}  // namespace
}  // namespace kith::sqlite
