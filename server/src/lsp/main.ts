import './consoleToStderr';
import { startServer } from './start';

startServer();
