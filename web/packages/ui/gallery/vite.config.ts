import { mergeConfig } from 'vite';
import { page_app } from '../../../vite.shared.ts';

export default mergeConfig(page_app(), { server: { port: 5175 } });
