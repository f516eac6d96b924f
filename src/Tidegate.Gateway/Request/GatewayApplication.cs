using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request;

/// <summary>
/// Kestrel's application. It takes the place of ASP.NET Core's hosting layer on the traffic port: no scopes, no middleware chain, no
/// diagnostics listener per call (docs/decisions/0002-own-http-application.md).
/// </summary>
internal sealed class GatewayApplication(Pipeline pipeline, DrainState drain) : IHttpApplication<GatewayCall>
{
    private int _inFlight;

    /// <summary>Calls being worked on now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <inheritdoc/>
    public GatewayCall CreateContext(IFeatureCollection contextFeatures)
    {
        GatewayCall? call = null;
        // Kestrel keeps our object beside its connection (or pooled stream), so that the next call finds it again.
        if (contextFeatures is IHostContextContainer<GatewayCall> container) call = container.HostContext ??= new GatewayCall();
        call ??= new GatewayCall();
        call.Http.Initialize(contextFeatures);
        Interlocked.Increment(ref _inFlight);
        return call;
    }

    /// <inheritdoc/>
    public Task ProcessRequestAsync(GatewayCall context)
    {
        drain.Mark(context.Http);
        return pipeline.RunAsync(context);
    }

    /// <inheritdoc/>
    public void DisposeContext(GatewayCall context, Exception? exception)
    {
        Interlocked.Decrement(ref _inFlight);
        context.Http.Uninitialize();
        context.Reset();
    }
}
