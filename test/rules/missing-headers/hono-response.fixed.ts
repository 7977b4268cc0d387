import { Hono } from 'hono';
import { child } from './child';

// What others answer with has headers of its own.
const app = new Hono();
app.use(async (c, next) => {
  await next();
  c.header('Content-Security-Policy', "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'");
  c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  c.header('X-Frame-Options', 'DENY');
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'strict-origin-when-cross-origin');
  c.header('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=()');
  c.header('Cross-Origin-Resource-Policy', 'same-origin');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
});
app.all('/child/*', c => child.fetch(c.req.raw));
app.get('/made', () => new Response('made', { headers: { 'X-Frame-Options': 'DENY' } }));
app.get('/fetched', async () => fetch('https://api.example.com/'));
export default app;
