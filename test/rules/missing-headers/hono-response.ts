import { Hono } from 'hono';
import { child } from './child';

// What others answer with has headers of its own.
const app = new Hono();
//          ^^^^^^^^^^ info
app.all('/child/*', c => child.fetch(c.req.raw));
app.get('/made', () => new Response('made', { headers: { 'X-Frame-Options': 'DENY' } }));
app.get('/fetched', async () => fetch('https://api.example.com/'));
export default app;
