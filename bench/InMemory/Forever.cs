using Microsoft.Extensions.Hosting;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>The lifetime of a process that is not going to stop.</summary>
internal sealed class Forever : IHostApplicationLifetime
{
    public CancellationToken ApplicationStarted => CancellationToken.None;

    public CancellationToken ApplicationStopping => CancellationToken.None;

    public CancellationToken ApplicationStopped => CancellationToken.None;

    public void StopApplication()
    {
    }
}
