using Grpc.Core;
using Tidegate.Insight.Indicators.Otlp.Wire;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>OTLP over gRPC. Served where <c>--otlp-grpc</c> says; login and permission are checked before it is called.</summary>
internal sealed class OtlpMetricsService(OtlpReceiver receiver) : MetricsService.MetricsServiceBase
{
    /// <inheritdoc/>
    public override Task<ExportMetricsServiceResponse> Export(ExportMetricsServiceRequest request, ServerCallContext context) => Task.FromResult(receiver.Take(request));
}
