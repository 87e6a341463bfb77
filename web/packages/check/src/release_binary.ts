// What is looked at and measured is what people run, not what the tests beside the code are built with.
process.env['KITH_BINARY'] ??= new URL('../../../../build/release/kith', import.meta.url).pathname;
