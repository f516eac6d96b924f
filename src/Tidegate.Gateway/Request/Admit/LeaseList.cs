namespace Tidegate.Gateway.Request.Admit;

/// <summary>What a call holds while it runs and gives back at its end, whatever happened.</summary>
internal sealed class LeaseList
{
    private readonly List<ILease> _leases = [];

    /// <summary>Adds one.</summary>
    public void Add(ILease lease) => _leases.Add(lease);

    /// <summary>Gives everything back, last first.</summary>
    public void Release()
    {
        for (var i = _leases.Count - 1; i >= 0; i--) _leases[i].Release();
        _leases.Clear();
    }

    /// <summary>Forgets without giving back; for a list that was released.</summary>
    public void Clear() => _leases.Clear();
}
