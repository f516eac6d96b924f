using Tidegate.Gateway.Snapshot;
using Yarp.ReverseProxy.Forwarder;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>Moves the bytes of one attempt: request to the destination, answer to the caller.</summary>
internal sealed class ForwardStage(IHttpForwarder forwarder)
{
    /// <summary>Sends the call to the destination.</summary>
    public ValueTask<ForwarderError> SendAsync(GatewayCall call, ServiceModel service, DestinationModel destination, CancellationToken cancel) =>
        forwarder.SendAsync(call.Http, destination.Prefix, service.State.Client, ForwarderRequestConfig.Empty, HttpTransformer.Default, cancel);
}
