using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Tidegate.Gateway.Listen;

/// <summary>
/// A shutdown that breaks no HTTP/1.1 connection at the moment a request is on its way. Kestrel closes idle connections at once when it stops; a caller
/// that has just sent its next request sees a reset and does not know whether it was served. With the grace, a kept connection gets one more answer,
/// which says <c>Connection: close</c> (<see cref="Request.Guard.DrainState"/>), and only those that stay silent are closed.
/// </summary>
internal sealed class IdleGrace(TimeSpan grace, TimeProvider time)
{
    /// <summary>Connection middleware; comes first.</summary>
    public ConnectionDelegate Around(ConnectionDelegate next) => grace == TimeSpan.Zero ? next : async connection =>
    {
        if (connection.Features.Get<IConnectionLifetimeNotificationFeature>() is not { } notified)
        {
            await next(connection);
            return;
        }

        using var later = new Later(notified, grace, time);
        connection.Features.Set<IConnectionLifetimeNotificationFeature>(later);
        await next(connection);
    };

    /// <summary>Tells of the wish to close some time after it was told.</summary>
    private sealed class Later : IConnectionLifetimeNotificationFeature, IDisposable
    {
        private readonly IConnectionLifetimeNotificationFeature _notified;
        private readonly CancellationTokenSource _close;
        private readonly CancellationTokenRegistration _registration;

        public Later(IConnectionLifetimeNotificationFeature notified, TimeSpan grace, TimeProvider time)
        {
            _notified = notified;
            _close = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
            ConnectionClosedRequested = _close.Token;
            _registration = notified.ConnectionClosedRequested.UnsafeRegister(_ => _close.CancelAfter(grace), null);
        }

        public CancellationToken ConnectionClosedRequested { get; set; }

        public void RequestClose() => _notified.RequestClose();

        public void Dispose()
        {
            _registration.Dispose();
            _close.Dispose();
        }
    }
}
