// The same rooms on uWebSockets.js, with its own publish and subscribe.
import uws from '@trufflesuite/uws-js-unofficial';

const app = uws.App().ws('/*', {
  compression: uws.DISABLED,
  upgrade: (response, request, context) => {
    response.upgrade(
      { room: request.getQuery('room') },
      request.getHeader('sec-websocket-key'),
      request.getHeader('sec-websocket-protocol'),
      request.getHeader('sec-websocket-extensions'),
      context,
    );
  },
  open: (socket) => socket.subscribe(socket.getUserData?.().room ?? socket.room),
  message: (socket, message, is_binary) => socket.publish(socket.getUserData?.().room ?? socket.room, message, is_binary),
});
app.listen('127.0.0.1', 0, (listening) => console.log(uws.us_socket_local_port(listening)));
