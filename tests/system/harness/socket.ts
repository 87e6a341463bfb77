// The WebSocket client of the tests, for those who need it bare.
export { WebSocket } from 'ws';
