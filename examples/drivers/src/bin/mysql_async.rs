//! A pool of mysql_async.
//!
//! `DATABASE_URL='mysql://app:hunter2@localhost/shop?ssl-mode=VERIFY_IDENTITY&ssl-ca=ca.pem' mysql_async`

use database_url::{Vars, mysql};
use mysql_async::prelude::Queryable;
use mysql_async::{Opts, Pool};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let db = mysql::Config::resolve(&Vars::from_process())?;
    println!("connecting to {db}");

    let options: Opts = db.value().try_into()?;
    let pool = Pool::new(options);

    let mut connection = pool.get_conn().await?;
    let who: Option<(String, String)> = connection
        .query_first("SELECT CURRENT_USER(), DATABASE()")
        .await?;
    let (user, database) = who.ok_or("no row")?;
    println!("{user} {database}");
    drop(connection);
    pool.disconnect().await?;
    Ok(())
}
