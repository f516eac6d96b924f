using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Tidegate.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Delivery : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "delivery_releases",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    service = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    change = table.Column<string>(type: "TEXT", nullable: false),
                    commit = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: true),
                    message = table.Column<string>(type: "TEXT", nullable: false),
                    author = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery_releases", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "delivery_rollouts",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    route = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    holds = table.Column<bool>(type: "INTEGER", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: false),
                    evidence = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_delivery_rollouts", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_releases_service_started_at",
                table: "delivery_releases",
                columns: new[] { "service", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_delivery_releases_started_at",
                table: "delivery_releases",
                column: "started_at");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_rollouts_holds",
                table: "delivery_rollouts",
                column: "holds");

            migrationBuilder.CreateIndex(
                name: "IX_delivery_rollouts_started_at",
                table: "delivery_rollouts",
                column: "started_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "delivery_releases");

            migrationBuilder.DropTable(
                name: "delivery_rollouts");
        }
    }
}
