namespace Tidegate.Core.Resources.OpenSlo;

/// <summary>A kind of OpenSLO v1, read as it is.</summary>
internal abstract class OpenSloKind<TSpec> : ResourceKind<TSpec>
    where TSpec : class
{
    public sealed override string ApiVersion => OpenSloVersion.V1;
}
