namespace Tidegate.Gateway.Request.Admit;

/// <summary>A place taken: in a concurrency limit, a bulkhead, an adaptive limit.</summary>
internal interface ILease
{
    /// <summary>Gives the place back; called once.</summary>
    void Release();
}
