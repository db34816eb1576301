import { makeBridge } from '../page/bridge.ts';
import { makeClone } from '../page/clone.ts';
import type { FromPage, Question, ToPage } from '../page/messages.ts';
import { pageWorld } from '../page/page-world.ts';
import { type PreloadOptions, preloadWorld } from '../page/preload-world.ts';
import type { CdpEvent, Connection } from './connection.ts';

/** The name that Electron gives to the world of a preload. */
const WORLD = 'Electron Isolated Context';

export interface PageRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer<ArrayBuffer> | null;
  /** As CDP names it: Document, Script, XHR … */
  readonly type: string;
  readonly frameId: string;
  readonly isRedirect: boolean;
}

export type RequestOutcome =
  | {
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Buffer;
    }
  | { readonly error: 'Aborted' | 'BlockedByClient' | 'Failed' | 'InternetDisconnected' };

/** What a tab tells whoever opened it. */
export interface TabHost {
  request(request: PageRequest): Promise<RequestOutcome>;
  /** A message of the preload in `world`; answers go back to that world, or nowhere. */
  message(message: FromPage, world: string): void;
  question(question: Question, filePath: string | null): Promise<unknown>;
  worldOpened(): void;
  worldClosed(): void;
  event(event: CdpEvent): void;
  closed(): void;
}

interface World {
  readonly contextId: number;
  /** Never used again, unlike the id, which other processes number anew. */
  readonly uniqueId: string;
}

/** One page of Chromium with a preload in its own world, driven over the protocol. */
export class Tab {
  readonly targetId: string;
  readonly #connection: Connection;
  readonly #session: string;
  readonly #host: TabHost;
  #world: World | null = null;

  private constructor(connection: Connection, targetId: string, session: string, host: TabHost) {
    this.#connection = connection;
    this.targetId = targetId;
    this.#session = session;
    this.#host = host;
  }

  static async open(
    connection: Connection,
    bounds: { left: number; top: number; width: number; height: number },
    preload: { readonly source: string; readonly options: PreloadOptions },
    host: TabHost,
  ): Promise<Tab> {
    const { targetId } = await connection.send('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...bounds,
    });
    const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
    const tab = new Tab(connection, targetId, sessionId, host);
    connection.listen((event) => tab.#take(event));
    await tab.#prepare(preload.source, preload.options);
    return tab;
  }

  get send(): Connection['send'] {
    return (method, params) => this.#connection.send(method, params, this.#session);
  }

  async #prepare(source: string, options: PreloadOptions): Promise<void> {
    const { send } = this;
    const secret = JSON.stringify(options.secret);
    const preload = `(${preloadWorld})(
      ${JSON.stringify(options)},
      (${makeClone})((bytes) => bytes.toBase64(), (text) => Uint8Array.fromBase64(text)),
      (${makeBridge})(${secret}, 'preload'),
      function (require, module, exports, process) {${source}
      })`;
    const page = `(${pageWorld})(${secret}); (${makeBridge})(${secret}, 'page');`;
    await Promise.all([
      send('Page.enable', {}),
      send('Runtime.enable', {}),
      send('DOM.enable', {}),
      // A preload asks and waits by standing still in the debugger.
      send('Debugger.enable', {}),
      send('Page.setLifecycleEventsEnabled', { enabled: true }),
      send('Emulation.setFocusEmulationEnabled', { enabled: true }),
      send('Runtime.addBinding', { name: 'standIn', executionContextName: WORLD }),
      send('Page.addScriptToEvaluateOnNewDocument', { source: page }),
      send('Page.addScriptToEvaluateOnNewDocument', { source: preload, worldName: WORLD }),
      send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
    ]);
  }

  /** Tells the preload's world something; one that is gone, or is not `world` any more, does not hear it. */
  tell(message: ToPage, world = this.#world?.uniqueId): void {
    if (world === undefined || world !== this.#world?.uniqueId) return;
    this.send('Runtime.callFunctionOn', {
      functionDeclaration: 'function (text) { standInReceive(text); }',
      arguments: [{ value: JSON.stringify(message) }],
      uniqueContextId: world,
    }).catch(() => {}); // it went away meanwhile
  }

  /** Runs code in the page's own world. Rejects with what it throws. */
  async evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
      userGesture,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  #take(event: CdpEvent): void {
    if (event.method === 'Target.targetDestroyed' && event.params.targetId === this.targetId) {
      this.#closeWorld();
      this.#host.closed();
    } else if (event.method === 'Target.targetInfoChanged' || event.method === 'Target.targetCrashed') {
      const id = 'targetInfo' in event.params ? event.params.targetInfo.targetId : event.params.targetId;
      if (id === this.targetId) this.#host.event(event);
    } else if (event.sessionId === this.#session) this.#onEvent(event);
  }

  #onEvent(event: CdpEvent): void {
    switch (event.method) {
      case 'Fetch.requestPaused':
        void this.#onRequest(event.params);
        return;
      case 'Runtime.bindingCalled':
        if (event.params.executionContextId === this.#world?.contextId)
          this.#host.message(JSON.parse(event.params.payload), this.#world.uniqueId);
        return;
      case 'Runtime.executionContextCreated': {
        const { id, uniqueId, name, auxData } = event.params.context;
        if (name !== WORLD || auxData?.frameId !== this.targetId) return;
        this.#closeWorld();
        this.#world = { contextId: id, uniqueId };
        this.#host.worldOpened();
        return;
      }
      case 'Runtime.executionContextDestroyed':
        if (event.params.executionContextUniqueId === this.#world?.uniqueId) this.#closeWorld();
        return;
      case 'Runtime.executionContextsCleared':
        this.#closeWorld();
        return;
      case 'Debugger.paused':
        void this.#onPaused(event.params.callFrames[0]);
        return;
      case 'Target.attachedToTarget':
        // Workers load through the page; anything else with a session of its own is a foreign frame.
        if (event.params.targetInfo.type !== 'worker')
          throw new Error(`The stand-in cannot host a ${event.params.targetInfo.type} inside a page`);
        void this.#connection.send('Runtime.runIfWaitingForDebugger', {}, event.params.sessionId);
        return;
      case 'Inspector.targetCrashed':
        this.#closeWorld();
    }
    this.#host.event(event);
  }

  #closeWorld(): void {
    if (this.#world === null) return;
    this.#world = null;
    this.#host.worldClosed();
  }

  async #onRequest(paused: Extract<CdpEvent, { method: 'Fetch.requestPaused' }>['params']): Promise<void> {
    const { requestId, request, resourceType, frameId, redirectedRequestId } = paused;
    const entries = request.postDataEntries?.map(({ bytes = '' }) => Buffer.from(bytes, 'base64'));
    const outcome = await this.#host.request({
      url: request.url,
      method: request.method,
      headers: request.headers,
      body: entries === undefined ? null : Buffer.concat(entries),
      type: resourceType,
      frameId,
      isRedirect: redirectedRequestId !== undefined,
    });
    const answer =
      'error' in outcome
        ? this.send('Fetch.failRequest', { requestId, errorReason: outcome.error })
        : this.send('Fetch.fulfillRequest', {
            requestId,
            responseCode: outcome.status,
            responseHeaders: outcome.headers.map(([name, value]) => ({ name, value })),
            body: outcome.body.toString('base64'),
          });
    await answer.catch(() => {}); // the page no longer wants it
  }

  async #onPaused(frame: { callFrameId: string; functionName: string } | undefined): Promise<void> {
    if (frame?.functionName === 'standInAsk') {
      const { callFrameId } = frame;
      const read = (expression: string, returnByValue: boolean) =>
        this.send('Debugger.evaluateOnCallFrame', { callFrameId, expression, returnByValue });
      const question = (await read('call.question', true)).result.value as Question;
      const { objectId } = (await read('call.file', false)).result;
      const path = objectId === undefined ? null : (await this.send('DOM.getFileInfo', { objectId })).path;
      const answer = await this.#host.question(question, path);
      await read(`call.isAnswered = true; call.answer = ${JSON.stringify(answer) ?? 'undefined'}`, true);
    }
    await this.send('Debugger.resume', {});
  }
}
