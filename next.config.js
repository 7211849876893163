/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  typedRoutes: true,
  agentRules: false,
  // Next's development log prints the arguments of server actions, passwords among them.
  logging: { serverFunctions: false },
  // `npm test` checks the types of everything; whoever starts the console is not to wait for that.
  typescript: { ignoreBuildErrors: true },
  // The WebSocket library looks for optional parts of its own at run time.
  serverExternalPackages: ['mqtt', 'ws'],
  // forbidden() answers 403 with app/forbidden.tsx.
  experimental: { authInterrupts: true },
};
