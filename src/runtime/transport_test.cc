#include "runtime/transport.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <future>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "runtime/certificate_for_tests.h"
#include "runtime/io.h"
#include "runtime/spawn.h"
#include "runtime/tls.h"

namespace kith::runtime {
namespace {

struct SocketPair {
  SocketPair() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()), 0);
    ours = ends[0];
    theirs = ends[1];
  }
  ~SocketPair() { ::close(theirs); }
  SocketPair(const SocketPair&) = delete;
  SocketPair& operator=(const SocketPair&) = delete;
  int ours = -1;  // belongs to the transport
  int theirs = -1;
};

// Reads until the other side is done, or nothing when something failed.
boost::asio::awaitable<std::string> read_everything(Transport& transport) {
  std::string all;
  std::array<char, 1'000> buffer;
  while (true) {
    const IoResult got = transport.read(buffer);
    all.append(buffer.data(), got.bytes);
    if (got.status == IoStatus::ok) continue;
    if (got.status == IoStatus::closed) co_return all;
    if (got.status == IoStatus::failed) co_return "failed";
    if (!co_await transport.wait(got.status == IoStatus::want_read ? Want::read : Want::write)) co_return "not ready";
  }
}

// Listens to everything, then says it back.
boost::asio::awaitable<void> echo(Transport& transport, bool& shook_hands) {
  shook_hands = co_await transport.handshake();
  if (!shook_hands) co_return;
  const std::string heard = co_await read_everything(transport);
  const bool is_said = co_await transport.write_all(heard);
  EXPECT_TRUE(is_said);
  transport.finish_writing();
}

class TransportTest : public testing::Test {
 protected:
  TransportTest() { std::signal(SIGPIPE, SIG_IGN); }

  FakeClock clock_;
  std::string logged_;
  Log log_{clock_, Level::debug, [this](std::string_view line) { logged_ += line; }};
  boost::asio::io_context context_;
};

TEST_F(TransportTest, CarriesMoreThanFitsIntoTheSocket) {
  const std::string much(3'000'000, 'x');
  SocketPair pair;
  Transport transport(context_, pair.ours);
  bool shook_hands = false;
  spawn(context_, log_, "echo", echo(transport, shook_hands));
  std::thread client([&] {
    std::size_t sent = 0;
    while (sent < much.size())
      sent += static_cast<std::size_t>(::send(pair.theirs, &much[sent], much.size() - sent, 0));
    ::shutdown(pair.theirs, SHUT_WR);
    std::string heard;
    std::array<char, 65'536> buffer;
    for (ssize_t got = 0; (got = ::recv(pair.theirs, buffer.data(), buffer.size(), 0)) > 0;) {
      heard.append(buffer.data(), static_cast<std::size_t>(got));
    }
    EXPECT_EQ(heard.size(), much.size());
  });
  context_.run();
  client.join();
  EXPECT_TRUE(shook_hands);
  EXPECT_FALSE(transport.is_secure());
}

TEST_F(TransportTest, WritesSeveralPiecesInOrder) {
  SocketPair pair;
  Transport transport(context_, pair.ours);
  std::string one = "head ";
  std::string two = "body";
  const std::array<iovec, 2> pieces{{{one.data(), one.size()}, {two.data(), two.size()}}};
  const IoResult result = transport.write(pieces);
  EXPECT_EQ(result.status, IoStatus::ok);
  EXPECT_EQ(result.bytes, 9U);
  std::array<char, 16> heard{};
  EXPECT_EQ(::recv(pair.theirs, heard.data(), heard.size(), 0), 9);
  EXPECT_STREQ(heard.data(), "head body");
}

TEST_F(TransportTest, SaysWhatItWaitsFor) {
  SocketPair pair;
  Transport transport(context_, pair.ours);
  std::array<char, 10> buffer;
  EXPECT_EQ(transport.read(buffer).status, IoStatus::want_read);
  std::string block(1'000'000, 'x');
  const iovec piece{block.data(), block.size()};
  IoResult result;
  while ((result = transport.write({&piece, 1})).status == IoStatus::ok) {
  }
  EXPECT_EQ(result.status, IoStatus::want_write);
}

TEST_F(TransportTest, EndsAWaitThatIsCancelled) {
  SocketPair pair;
  Transport transport(context_, pair.ours);
  auto wait = [](Transport& waiting, bool& ready) -> boost::asio::awaitable<void> {
    ready = co_await waiting.wait(Want::read);
  };
  bool ready = true;
  spawn(context_, log_, "wait", wait(transport, ready));
  context_.poll();
  transport.cancel_waits();
  context_.run();
  EXPECT_FALSE(ready);
  EXPECT_TRUE(transport.is_open());
}

TEST_F(TransportTest, StillCarriesAfterItLeftTheLoopButNoLongerWaits) {
  SocketPair pair;
  Transport transport(context_, pair.ours);
  transport.leave_loop();
  ASSERT_TRUE(transport.is_open());
  EXPECT_EQ(transport.fd(), pair.ours);
  ASSERT_EQ(::send(pair.theirs, "hello", 5, 0), 5);
  std::array<char, 10> buffer;
  EXPECT_EQ(transport.read(buffer).bytes, 5U);
  auto wait = [](Transport& waiting, bool& ready) -> boost::asio::awaitable<void> {
    ready = co_await waiting.wait(Want::read);
  };
  bool ready = true;
  spawn(context_, log_, "wait", wait(transport, ready));
  context_.run();
  EXPECT_FALSE(ready);
  const Transport moved = std::move(transport);
  EXPECT_TRUE(moved.is_open());
}

TEST_F(TransportTest, FailsQuietlyOnceClosed) {
  SocketPair pair;
  Transport transport(context_, pair.ours);
  transport.close();
  std::array<char, 10> buffer;
  EXPECT_EQ(transport.read(buffer).status, IoStatus::failed);
  transport.cancel_waits();
  transport.finish_writing();
  EXPECT_FALSE(transport.is_open());
}

// ---- TLS
// -------------------------------------------------------------------------------------------------------------

struct TlsTalk {
  std::string heard;
  std::string certificate_name;
  std::string protocol;
  bool connected = false;
};

// A client that says `words` and listens to the end.
TlsTalk talk_tls(int fd, const std::string& words, int newest_version = 0) {
  TlsTalk talk;
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_max_proto_version(context, newest_version);
  const unsigned char protocols[] = "\x02h2\x08http/1.1";
  SSL_CTX_set_alpn_protos(context, protocols, sizeof protocols - 1);
  SSL* tls = SSL_new(context);
  SSL_set_fd(tls, fd);
  talk.connected = SSL_connect(tls) == 1;
  if (talk.connected) {
    X509* certificate = SSL_get1_peer_certificate(tls);
    char name[64] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
    talk.certificate_name = name;
    X509_free(certificate);
    const unsigned char* chosen = nullptr;
    unsigned int length = 0;
    SSL_get0_alpn_selected(tls, &chosen, &length);
    talk.protocol.assign(reinterpret_cast<const char*>(chosen), length);
    SSL_write(tls, words.data(), static_cast<int>(words.size()));
    SSL_shutdown(tls);
    std::array<char, 65'536> buffer;
    for (int got = 0; (got = SSL_read(tls, buffer.data(), buffer.size())) > 0;) {
      talk.heard.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }
  SSL_free(tls);
  SSL_CTX_free(context);
  ::shutdown(fd, SHUT_RDWR);
  return talk;
}

class TlsTransportTest : public TransportTest {
 protected:
  TlsTalk talk_with_server(TlsContext& tls, const std::string& words, int newest_version = 0) {
    SocketPair pair;
    Transport transport(context_, pair.ours, tls);
    EXPECT_TRUE(transport.is_secure());
    spawn(context_, log_, "echo", echo(transport, shook_hands_));
    auto talk = std::async(std::launch::async, [&] { return talk_tls(pair.theirs, words, newest_version); });
    context_.restart();
    context_.run();
    // A server that refused the handshake leaves; the client must notice.
    transport.close();
    return talk.get();
  }

  CertificateForTests certificate_;
  bool shook_hands_ = false;
};

TEST_F(TlsTransportTest, CarriesManyRecordsBothWays) {
  auto tls = TlsContext::open(certificate_.chain_file(), certificate_.key_file(), log_);
  ASSERT_TRUE(tls) << tls.error().detail;
  const std::string much(1'000'000, 'x');
  const TlsTalk talk = talk_with_server(**tls, much);
  EXPECT_TRUE(shook_hands_);
  EXPECT_EQ(talk.heard.size(), much.size());
  EXPECT_EQ(talk.certificate_name, "first");
  EXPECT_EQ(talk.protocol, "http/1.1");
}

TEST_F(TlsTransportTest, RefusesOldVersions) {
  auto tls = TlsContext::open(certificate_.chain_file(), certificate_.key_file(), log_);
  ASSERT_TRUE(tls);
  EXPECT_FALSE(talk_with_server(**tls, "hello", TLS1_1_VERSION).connected);
  EXPECT_FALSE(shook_hands_);
  EXPECT_TRUE(talk_with_server(**tls, "hello", TLS1_2_VERSION).connected);
}

TEST_F(TlsTransportTest, FailsWhenTheClientSpeaksClearText) {
  auto tls = TlsContext::open(certificate_.chain_file(), certificate_.key_file(), log_);
  ASSERT_TRUE(tls);
  SocketPair pair;
  Transport transport(context_, pair.ours, **tls);
  bool shook_hands = true;
  spawn(context_, log_, "echo", echo(transport, shook_hands));
  ASSERT_GT(::send(pair.theirs, "GET / HTTP/1.1\r\n\r\n", 18, 0), 0);
  context_.run();
  EXPECT_FALSE(shook_hands);
}

TEST_F(TlsTransportTest, TakesARenewedCertificateWithoutARestart) {
  auto tls = TlsContext::open(certificate_.chain_file(), certificate_.key_file(), log_);
  ASSERT_TRUE(tls);
  EXPECT_FALSE((*tls)->reload_if_changed());
  certificate_.write("second");
  EXPECT_TRUE((*tls)->reload_if_changed());
  EXPECT_EQ(talk_with_server(**tls, "hello").certificate_name, "second");
}

TEST_F(TlsTransportTest, KeepsTheOldCertificateWhenTheNewOneIsBroken) {
  auto tls = TlsContext::open(certificate_.chain_file(), certificate_.key_file(), log_);
  ASSERT_TRUE(tls);
  std::ofstream(certificate_.chain_file()) << "not a certificate";
  std::filesystem::last_write_time(certificate_.chain_file(),
                                   std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_FALSE((*tls)->reload_if_changed());
  EXPECT_NE(logged_.find("certificate_not_reloaded"), std::string::npos);
  EXPECT_EQ(talk_with_server(**tls, "hello").certificate_name, "first");
}

TEST_F(TlsTransportTest, SaysWhichFileCannotBeUsed) {
  const auto tls = TlsContext::open(certificate_.chain_file() + ".missing", certificate_.key_file(), log_);
  ASSERT_FALSE(tls);
  EXPECT_NE(tls.error().detail.find("chain.pem.missing"), std::string::npos);
}

}  // namespace
}  // namespace kith::runtime
