import 'ses'; // SES: hardened JavaScript; the language-level boundary around user strategies (docs/decisions)

// Must be evaluated before any other module of the worker: every intrinsic is frozen from here on. Stack traces are
// kept (they give the line of a strategy's error) and override mistakes tolerated, as packages in the wild make them.
lockdown({ errorTaming: 'unsafe', overrideTaming: 'moderate', consoleTaming: 'unsafe', reporting: 'none' });
