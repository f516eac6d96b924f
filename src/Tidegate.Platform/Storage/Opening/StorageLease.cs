namespace Tidegate.Platform.Storage.Opening;

/// <summary>A row of <c>storage_leases</c>: who does a work now.</summary>
internal sealed class StorageLease
{
    public required string Work { get; init; }

    public required string Holder { get; set; }

    public DateTimeOffset Until { get; set; }
}
