#include "realtime/frame_codec.h"

#include <random>

#include "realtime/client_frames.h"

namespace kith {
namespace {

using Kind = Received::Kind;

struct Heard {
  Kind kind;
  std::string payload;
  CloseCode code = CloseCode::normal;
  friend bool operator==(const Heard&, const Heard&) = default;
};

void PrintTo(const Heard& heard, std::ostream* out) {
  *out << "kind " << static_cast<int>(heard.kind) << " code " << static_cast<int>(heard.code) << " '" << heard.payload
       << "'";
}

void hear(FrameDecoder& decoder, std::string piece, std::vector<Heard>& heard) {
  std::span<char> input(piece);
  for (;;) {
    Received received = decoder.next(input);
    if (received.kind == Kind::nothing && input.empty()) return;
    if (received.kind != Kind::nothing) heard.push_back({received.kind, std::string(received.payload), received.code});
  }
}

// The same bytes whole, byte by byte and cut in the middle must mean the same.
std::vector<Heard> hear_all(const std::string& bytes, std::size_t max_message_bytes = 1000) {
  FrameDecoder whole(max_message_bytes), single(max_message_bytes), halves(max_message_bytes);
  std::vector<Heard> heard, heard_single, heard_halves;
  hear(whole, bytes, heard);
  for (char byte : bytes) hear(single, std::string(1, byte), heard_single);
  hear(halves, bytes.substr(0, bytes.size() / 2), heard_halves);
  hear(halves, bytes.substr(bytes.size() / 2), heard_halves);
  EXPECT_EQ(heard, heard_single);
  EXPECT_EQ(heard, heard_halves);
  return heard;
}

std::string frame(unsigned char first_byte, std::string_view payload) {
  std::string out;
  append_client_frame(out, first_byte, payload);
  return out;
}

std::string close_payload(int code, std::string_view reason = {}) {
  return std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)} + std::string(reason);
}

void expect_broken(const std::string& bytes, CloseCode code) {
  auto heard = hear_all(bytes + client_frame(Opcode::text, "never read"));
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].kind, Kind::broken);
  EXPECT_EQ(heard[0].code, code);
  EXPECT_FALSE(heard[0].payload.empty());
}

TEST(FrameDecoder, ReadsMessagesOfEveryLengthForm) {
  for (std::size_t length : {0U, 1U, 7U, 8U, 9U, 125U, 126U, 127U, 65'535U, 65'536U}) {
    std::string text(length, 'k');
    EXPECT_EQ(hear_all(client_frame(Opcode::text, text), 65'536), (std::vector<Heard>{{Kind::text, text}})) << length;
  }
}

TEST(FrameDecoder, ReadsSeveralMessagesOutOfOnePiece) {
  std::string bytes = client_frame(Opcode::text, "one") + client_frame(Opcode::binary, std::string("\0\xff", 2)) +
                      client_frame(Opcode::text, "");
  EXPECT_EQ(hear_all(bytes),
            (std::vector<Heard>{{Kind::text, "one"}, {Kind::binary, std::string("\0\xff", 2)}, {Kind::text, ""}}));
}

TEST(FrameDecoder, PutsFragmentsTogetherAndHearsControlFramesBetweenThem) {
  std::string bytes = frame(0x01, "Gr\xc3") + frame(0x89, "still there?") + frame(0x00, "\xbc\xc3\x9f") +
                      frame(0x8a, "") + frame(0x80, " dich") + frame(0x82, "next");
  EXPECT_EQ(hear_all(bytes), (std::vector<Heard>{{Kind::ping, "still there?"},
                                                 {Kind::pong, ""},
                                                 {Kind::text, "Gr\xc3\xbc\xc3\x9f dich"},
                                                 {Kind::binary, "next"}}));
}

TEST(FrameDecoder, TakesEmptyFragments) {
  EXPECT_EQ(hear_all(frame(0x01, "") + frame(0x00, "") + frame(0x80, "")), (std::vector<Heard>{{Kind::text, ""}}));
}

TEST(FrameDecoder, RefusesReservedBits) {
  for (unsigned char bit : {0x40, 0x20, 0x10}) expect_broken(frame(0x81 | bit, "x"), CloseCode::protocol_error);
}

TEST(FrameDecoder, RefusesUnknownKindsOfFrames) {
  for (unsigned char opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    expect_broken(frame(0x80 | opcode, ""), CloseCode::protocol_error);
}

TEST(FrameDecoder, RefusesFramesWithoutMask) {
  expect_broken(text_frame("hello"), CloseCode::protocol_error);
}

TEST(FrameDecoder, RefusesLongOrFragmentedControlFrames) {
  EXPECT_EQ(hear_all(frame(0x89, std::string(125, 'p'))), (std::vector<Heard>{{Kind::ping, std::string(125, 'p')}}));
  expect_broken(frame(0x89, std::string(126, 'p')), CloseCode::protocol_error);
  for (unsigned char first : {0x08, 0x09, 0x0a}) expect_broken(frame(first, ""), CloseCode::protocol_error);
}

TEST(FrameDecoder, RefusesFragmentsOutOfOrder) {
  expect_broken(frame(0x80, "continues nothing"), CloseCode::protocol_error);
  expect_broken(frame(0x00, "continues nothing"), CloseCode::protocol_error);
  expect_broken(frame(0x01, "begun") + frame(0x81, "another"), CloseCode::protocol_error);
  expect_broken(frame(0x01, "begun") + frame(0x02, "another"), CloseCode::protocol_error);
}

TEST(FrameDecoder, RefusesLengthsThatAreNotWrittenTheShortestWay) {
  expect_broken(std::string("\x81\xfe\x00\x7d", 4), CloseCode::protocol_error);
  expect_broken(std::string("\x81\xff\0\0\0\0\0\0\xff\xff", 10), CloseCode::protocol_error);
  expect_broken(std::string("\x81\xff\x80\0\0\0\0\x01\0\0", 10), CloseCode::protocol_error);
}

TEST(FrameDecoder, RefusesAMessageAboveTheLimitFromItsHeaderAlone) {
  EXPECT_EQ(hear_all(client_frame(Opcode::text, std::string(1000, 'x'))).size(), 1U);
  expect_broken(std::string("\x81\xfe\x03\xe9", 4), CloseCode::too_large);
  expect_broken(std::string("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff", 10), CloseCode::too_large);
}

TEST(FrameDecoder, CountsTheFragmentsOfAMessageTogether) {
  expect_broken(frame(0x01, std::string(600, 'x')) + frame(0x80, std::string(401, 'x')), CloseCode::too_large);
}

TEST(FrameDecoder, RefusesTextThatIsNotUtf8) {
  for (std::string_view bad : {"\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xff", "a\x80"})
    expect_broken(client_frame(Opcode::text, bad), CloseCode::bad_text);
  expect_broken(frame(0x01, "\xe2\x82") + frame(0x80, "x"), CloseCode::bad_text);
}

TEST(FrameDecoder, HearsWhyTheOtherSideCloses) {
  EXPECT_EQ(hear_all(client_frame(Opcode::close, "")), (std::vector<Heard>{{Kind::close, "", CloseCode::none_given}}));
  EXPECT_EQ(hear_all(client_frame(Opcode::close, close_payload(1001, "bis morgen \xe2\x98\x95"))),
            (std::vector<Heard>{{Kind::close, "bis morgen \xe2\x98\x95", CloseCode::going_away}}));
  for (int code : {1000, 1003, 1007, 1011, 1012, 1014, 3000, 4999})
    EXPECT_EQ(hear_all(client_frame(Opcode::close, close_payload(code)))[0].kind, Kind::close) << code;
}

TEST(FrameDecoder, RefusesBrokenCloseFrames) {
  expect_broken(client_frame(Opcode::close, "\x03"), CloseCode::protocol_error);
  for (int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535})
    expect_broken(client_frame(Opcode::close, close_payload(code)), CloseCode::protocol_error);
  expect_broken(client_frame(Opcode::close, close_payload(1000, "\xff")), CloseCode::bad_text);
}

TEST(FrameDecoder, HearsNothingAfterTheClose) {
  auto heard = hear_all(client_frame(Opcode::close, close_payload(1000)) + client_frame(Opcode::text, "late"));
  EXPECT_EQ(heard.size(), 1U);
}

TEST(FrameDecoder, CopiesNothingWhenAFrameArrivesWhole) {
  std::string bytes = client_frame(Opcode::text, "stays where it is");
  std::span<char> input(bytes);
  FrameDecoder decoder(1000);
  Received received = decoder.next(input);
  EXPECT_EQ(received.payload.data(), bytes.data() + bytes.size() - received.payload.size());
}

TEST(FrameEncoder, MakesTheSameFrameInTheMemoryOfItsText) {
  for (std::size_t length : {0U, 125U, 126U, 65'535U, 65'536U}) {
    std::string text(length, 'x');
    EXPECT_EQ(into_text_frame(text), text_frame(text)) << length;
  }
}

TEST(FrameEncoder, CutsACloseReasonBetweenCharacters) {
  std::string reason;
  for (int i = 0; i < 100; ++i) reason += "\xc3\xa9";
  std::string bytes = close_frame(CloseCode::policy, reason);
  EXPECT_LE(bytes.size(), 127U);
  EXPECT_EQ(bytes.substr(0, 4), std::string("\x88\x7c\x03\xf0", 4));
}

TEST(FrameDecoder, SurvivesRandomBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 2'000; ++round) {
    std::string bytes;
    for (int i = 0; i < 40; ++i) bytes += static_cast<char>(i % 3 == 0 ? random() % 16 + 0x80 : random());
    (void)hear_all(bytes);
  }
}

}  // namespace
}  // namespace kith
