import express from 'express';
import helmet from 'helmet';

const app = express();
app.use(helmet({ contentSecurityPolicy: { directives: { blockAllMixedContent: null } } }));
app.get('/', (req, res) => res.send('<p>Hello</p>'));
