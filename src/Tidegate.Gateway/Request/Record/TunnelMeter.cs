using Microsoft.AspNetCore.Http.Features;

namespace Tidegate.Gateway.Request.Record;

/// <summary>Counts the bytes of a tunnel (WebSocket and other upgrades): it stands between the server and whoever opens the tunnel.</summary>
internal sealed class TunnelMeter : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    private readonly GatewayCall _call;
    private readonly IHttpUpgradeFeature? _upgrade;
    private readonly IHttpExtendedConnectFeature? _connect;

    private TunnelMeter(GatewayCall call)
    {
        _call = call;
        _upgrade = call.Http.Features.Get<IHttpUpgradeFeature>();
        _connect = call.Http.Features.Get<IHttpExtendedConnectFeature>();
    }

    /// <inheritdoc/>
    public bool IsUpgradableRequest => _upgrade?.IsUpgradableRequest ?? false;

    /// <inheritdoc/>
    public bool IsExtendedConnect => _connect?.IsExtendedConnect ?? false;

    /// <inheritdoc/>
    public string? Protocol => _connect?.Protocol;

    /// <summary>Puts a meter into the call, once.</summary>
    public static void Install(GatewayCall call)
    {
        var features = call.Http.Features;
        if (features.Get<IHttpUpgradeFeature>() is TunnelMeter || features.Get<IHttpExtendedConnectFeature>() is TunnelMeter) return;
        var meter = new TunnelMeter(call);
        if (meter._upgrade is not null) features.Set<IHttpUpgradeFeature>(meter);
        if (meter._connect is not null) features.Set<IHttpExtendedConnectFeature>(meter);
    }

    /// <inheritdoc/>
    public async Task<Stream> UpgradeAsync() => new Metered(await _upgrade!.UpgradeAsync(), _call);

    /// <inheritdoc/>
    public async ValueTask<Stream> AcceptAsync() => new Metered(await _connect!.AcceptAsync(), _call);

    private sealed class Metered(Stream inner, GatewayCall call) : Stream
    {
        public override bool CanRead => inner.CanRead;

        public override bool CanSeek => false;

        public override bool CanWrite => inner.CanWrite;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            call.Record.RequestBytes += read;
            return read;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            call.Record.ResponseBytes += buffer.Length;
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Tunnels are read asynchronously.");

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Tunnels are written asynchronously.");

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            await base.DisposeAsync();
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
