#include "wire/live.h"

namespace kith::wire {
namespace {

constexpr const char* kId = "0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4f";

template <class Body>
Body must_be(std::string_view json) {
  ClientFrame frame = decode_client_frame(json);
  EXPECT_TRUE(frame.body) << json << ": " << (frame.body ? "" : frame.body.error().field + frame.body.error().detail);
  return frame.body ? std::get<Body>(*frame.body) : Body{};
}

TEST(LiveFrames, ReadWhatClientsSay) {
  EXPECT_EQ(must_be<LiveHello>(R"({"type":"hello","since":41,"token":"t"})").since, 41);
  EXPECT_FALSE(must_be<LiveHello>(R"({"type":"hello","since":null})").since);
  std::string write = R"({"type":"write","id":")" + std::string(kId) + R"(","text":"Hello\nyou","kind":"thanks"})";
  EXPECT_EQ(must_be<WriteMessage>(write).text, "Hello\nyou");
  EXPECT_EQ(must_be<WriteMessage>(write).kind, EntryKind::thanks);
  EXPECT_EQ(must_be<LiveReading>(R"({"type":"reading","seq":7})").seq, 7);
  LivePresence presence = must_be<LivePresence>(R"({"type":"presence","level":"beat","back_at":null})");
  EXPECT_EQ(presence.level, PresenceLevel::beat);
  EXPECT_TRUE(presence.back_at && !*presence.back_at);
  EXPECT_FALSE(presence.takes_calls);
  must_be<LivePing>(R"({"type":"ping"})");
}

TEST(LiveFrames, RefuseWhatIsNotInTheContract) {
  struct Row {
    const char* json;
    const char* field;
  };
  for (const Row& row :
       {Row{"", ""}, Row{"[]", ""}, Row{R"({"since":1})", "type"}, Row{R"({"type":"sing"})", "type"},
        Row{R"({"type":7})", "type"}, Row{R"({"type":"hello","since":-1})", "since"},
        Row{R"({"type":"hello","since":"1"})", "since"}, Row{R"({"type":"ping","x":1})", "x"},
        Row{R"({"type":"write","id":"7","text":"a"})", "id"}, Row{R"({"type":"presence","level":"busy"})", "level"}}) {
    ClientFrame frame = decode_client_frame(row.json);
    ASSERT_FALSE(frame.body) << row.json;
    EXPECT_EQ(frame.body.error().code, Errc::invalid) << row.json;
    EXPECT_EQ(frame.body.error().field, row.field) << row.json;
  }
}

TEST(LiveFrames, NameTheActEvenWhenTheRestIsWrong) {
  ClientFrame frame = decode_client_frame(R"({"type":"write","id":")" + std::string(kId) + R"(","text":7})");
  ASSERT_FALSE(frame.body);
  EXPECT_EQ(frame.id, parse_uuid(kId));
}

TEST(LiveFrames, SayWhatWasKeptAndWhatWasNot) {
  EXPECT_EQ(encode_kept(*parse_uuid(kId), 7), R"({"type":"kept","id":"0198c0de-7a11-7c3e-9b52-6d1f0a2b3c4f","seq":7})");
  EXPECT_EQ(encode_live_problem({Errc::invalid, "is missing", "text"}),
            R"({"type":"problem","problem":{"code":"invalid","detail":"is missing","field":"text"}})");
  EXPECT_EQ(encode_live_problem({Errc::unavailable, "the disk, /dev/x", {}}),
            R"({"type":"problem","problem":{"code":"unavailable"}})");
}

}  // namespace
}  // namespace kith::wire
